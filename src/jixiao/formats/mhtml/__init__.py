"""Pages saved with all their parts as an e-mail (mht, mhtml)."""
