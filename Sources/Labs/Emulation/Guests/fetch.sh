# fetch.sh FOLDER, after apt.sh: QEMU with the igb device, a kernel with igb and igbvf, and the programs of the guests, from
# Debian's packages, unpacked below FOLDER.
folder=$1
mkdir -p "$folder"
cd "$folder"
exec 9> lock
flock 9
[ -e complete ] && exit 0

# A new enough QEMU is in the backports.
own_apt "$release" "$release-updates" "$release-backports" "$release-security"
newest=$(apt-cache madison qemu-system-x86 | awk '{ print $3 }' | sed 's/^[0-9]*://' | sort -V | tail -n 1)
[ "${newest%%.*}" -ge 8 ] 2> /dev/null || lacks "the igb device needs QEMU 8 or newer; $mirror has ${newest:-none}"
# Whole output first: a reader that leaves early would end the pipe, and with it this script.
policy=$(apt-cache policy qemu-system-x86)
suite=$release
[[ $policy != *"$release-backports"* ]] || suite=$release-backports
unpack qemu /var/lib/dpkg/status "qemu-system-x86/$suite" "qemu-system-common/$suite" "qemu-system-data/$suite" "seabios/$suite" \
    libslirp0
kernel=$(apt-cache depends linux-image-amd64 | awk '/Depends: linux-image/ { print $2; exit }')
[ -n "$kernel" ] || lacks "$mirror has no linux-image-amd64"
mkdir -p debs kernel
(cd debs && apt-get -qq download "$kernel")
dpkg-deb -x debs/"$kernel"_*.deb kernel
rm -r debs
mkdir -p guest/usr/bin guest/usr/sbin guest/usr/lib guest/usr/lib64
for name in bin sbin lib lib64; do ln -sfn usr/$name guest/$name; done
unpack guest "$folder/apt/status" busybox-static bash iproute2 iputils-ping iputils-arping openssh-server openssh-client pciutils lshw kmod \
    tcpdump ethtool

# One image for every guest: the programs without their documentation, and the modules that a worker or a switch loads.
rm -rf guest/usr/share/{doc,man,locale,perl,perl5,info,lintian,bash-completion,zsh} guest/usr/lib/x86_64-linux-gnu/{perl*,gconv,security} \
    guest/usr/lib/{systemd,udev} guest/var/lib/dpkg
[ -d kernel/lib/modules ] || { mkdir -p kernel/lib && mv kernel/usr/lib/modules kernel/lib/; }
version=$(ls kernel/lib/modules)
ln -sf kmod guest/usr/bin/modprobe
guest/usr/bin/kmod --version > /dev/null || lacks "kmod of the packages does not run on this machine"
ln -sf kmod guest/usr/bin/depmod
guest/usr/bin/depmod -b kernel "$version"
for module in virtio_pci virtio_net igb igbvf 8021q bridge veth macvlan qemu_fw_cfg dummy; do
    guest/usr/bin/modprobe -d kernel -S "$version" --show-depends $module | awk '$1 == "insmod" { print $2 }'
done | sort -u | while read -r file; do
    to=guest/usr/lib/modules/$version/${file#*lib/modules/"$version"/}
    mkdir -p "$(dirname "$to")"
    cp "$file" "$to"
done
cp kernel/lib/modules/"$version"/modules.{order,builtin,builtin.modinfo} guest/usr/lib/modules/"$version"/
guest/usr/bin/depmod -b guest "$version"
ln -sf bash guest/usr/bin/sh
guest/bin/busybox --list | while read -r applet; do
    [ -e guest/usr/bin/"$applet" ] || [ -e guest/usr/sbin/"$applet" ] || ln -s busybox guest/usr/bin/"$applet"
done
mkdir -p guest/{proc,sys,dev,run,tmp,root,etc/ssh,usr/share/misc}
ln -sfn /run guest/var/run
cat > guest/etc/passwd << END
root:x:0:0:root:/root:/bin/bash
sshd:x:101:65534::/run/sshd:/usr/sbin/nologin
nobody:x:65534:65534::/:/usr/sbin/nologin
tcpdump:x:102:65534::/:/usr/sbin/nologin
END
printf 'root:x:0:\nnogroup:x:65534:\ntcpdump:x:102:\n' > guest/etc/group
printf 'passwd: files\ngroup: files\nhosts: files\n' > guest/etc/nsswitch.conf
cat > guest/init << 'END'
#!/bin/bash
# What a guest is, its script says, which the machine hands in.
export PATH=/usr/sbin:/usr/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts
mount -t devpts devpts /dev/pts
mount -t tmpfs run /run
mount -t tmpfs tmp /tmp
modprobe qemu_fw_cfg
handed=/sys/firmware/qemu_fw_cfg/by_name/opt/plumbline
# By way of a copy: the shell takes a file for empty when its size is given as 0, as it is here.
cat $handed/setup/raw > /run/setup
. /run/setup
exec busybox init < /dev/null
END
chmod +x guest/init
printf '::once:/bin/true\n' > guest/etc/inittab
cp kernel/boot/vmlinuz-"$version" vmlinuz
chmod 644 vmlinuz
(cd guest && find . | LC_ALL=C sort | usr/bin/busybox cpio -o -H newc -R 0:0 2> /dev/null) > initrd
rm -rf apt debs kernel guest
touch complete
