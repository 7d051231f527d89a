# iproute2.sh FOLDER SUITE, after apt.sh: `ip` and `bridge` of another Debian release with the libraries they need, as SUITE.tar
# in FOLDER.
folder=$1 suite=$2
mkdir -p "$folder"
cd "$folder"
exec 9> lock
flock 9
[ -e "$suite.tar" ] && exit 0
own_apt "$suite"
rm -rf "$suite"
mkdir -p "$suite"/usr/{bin,sbin,lib,lib64}
for name in bin sbin lib lib64; do ln -s usr/$name "$suite"/$name; done
unpack "$suite" "$folder/apt/status" iproute2
rm -rf small
mkdir -p small/lib
# Links of packages lead to the root of a system that they are not in: files are looked for by name.
one() { find "$suite"/usr -type f -name "$1" | sort | head -n 1; }
cp "$(one ip)" small/ip
cp "$(one bridge)" small/bridge
loader=$(one 'ld-linux-x86-64.so.2')
cp "${loader:-$(one 'ld-2*.so')}" small/loader
libraries=$suite/usr/lib/x86_64-linux-gnu:$suite/lib/x86_64-linux-gnu
for program in ip bridge; do
    small/loader --library-path "$libraries" --list small/$program | awk '$3 ~ /^\// || $3 ~ /^'"$suite"'/ { print $3 }'
done | sort -u | while read -r library; do cp -L "$library" small/lib/; done
tar -C small -cf "$suite.tar" .
rm -rf small "$suite" apt debs
