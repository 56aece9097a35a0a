"""PDF pages whose text can be selected."""
