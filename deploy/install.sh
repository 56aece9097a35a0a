#!/bin/sh
# Installs jixiao from this folder alone, without a network:  sh install.sh [FOLDER]   (default: /usr/local/jixiao)
set -eu

here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-/usr/local/jixiao}
python=${PYTHON:-python3}
wanted=$(cat "$here/python-version")

found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])') || {
  echo "没有找到 Python：请先安装 Python $wanted，或用 PYTHON=路径 指定" >&2; exit 1; }
[ "$found" = "$wanted" ] || {
  echo "这个安装包用于 Python $wanted，而 $python 是 $found：请用 PYTHON=路径 指定，或换用相应的安装包" >&2; exit 1; }

"$python" -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$here/wheels" \
  --require-hashes -r "$here/requirements.txt"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$here/wheels" --no-deps jixiao

echo "已安装到 $folder。试用：$folder/bin/jixiao serve；长期运行请看 operating.md。"
