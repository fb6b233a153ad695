set -e
vi /a \
  /b
	echo 日本; vi /日
