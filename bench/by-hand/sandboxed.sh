#!/bin/sh
# An app in a sandbox and a network of its own, as one would write it without a store: no limits, no firewall, no log.
#   sandboxed.sh network <name> <host address> <guest address>
#   sandboxed.sh run <name> <folder>
#   sandboxed.sh clean <name>
set -e
name=$2
case $1 in
network)
  ip netns add "$name"
  ip link add "$name" type veth peer name eth0 netns "$name"
  ip addr add "$3/30" dev "$name"
  ip link set "$name" up
  ip -n "$name" addr add "$4/30" dev eth0
  ip -n "$name" link set lo up
  ip -n "$name" link set eth0 up
  ip -n "$name" route add default via "$3"
  ;;
run)
  chmod 755 "$3"
  mkdir -m 777 "$3/data"
  exec nsenter "--net=/run/netns/$name" \
    setpriv --reuid 65000 --regid 65000 --clear-groups --no-new-privs -- \
    bwrap --unshare-user --unshare-pid --unshare-ipc --unshare-uts --die-with-parent --new-session \
    --ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64 \
    --proc /proc --dev /dev --tmpfs /tmp --bind "$3" /app --bind "$3/data" /data --chdir /app -- \
    /usr/bin/python3 -m app
  ;;
clean)
  ip link del "$name"
  ip netns del "$name"
  ;;
esac
