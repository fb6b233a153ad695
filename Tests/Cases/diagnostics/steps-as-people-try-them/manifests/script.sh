set -e
vi /日 \
  --x
reboot
