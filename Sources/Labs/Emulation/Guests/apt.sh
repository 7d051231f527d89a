# Packages from where the machine's own apt looks, and nothing installed: apt works on lists, a source list and a cache of its own
# below the current folder. Says one sentence on stderr and leaves with 69 when something cannot be had.

lacks() { echo "$*" >&2; exit 69; }
for program in apt-get dpkg-deb; do
    command -v $program > /dev/null || lacks "this machine has no $program, which fetches the guests' parts"
done
[ "$(dpkg --print-architecture)" = amd64 ] || lacks "the guests are amd64; this machine is $(dpkg --print-architecture)"

# The machine's own mirror and release.
sites=$(apt-get indextargets --format '$(SITE) $(CODENAME) $(RELEASE)' | sort -u)
release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
mirror=$(awk -v r="$release" '$2 == r || $3 == r { print $1; exit }' <<< "$sites")
[ -n "$mirror" ] || lacks "apt has no source for $release; the guests' parts come from its packages"
security=$(awk -v r="$release-security" '$2 == r || $3 == r { print $1; exit }' <<< "$sites")

# own_apt SUITE...: apt knows the packages of these suites of the mirror from here on.
own_apt() {
    local keys='[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]' suite here
    here=$PWD
    mkdir -p apt/lists/partial apt/cache/archives/partial
    for suite in "$@"; do
        case $suite in
            *-security) [ -z "$security" ] || echo "deb $keys $security $suite main" ;;
            *) echo "deb $keys $mirror $suite main" ;;
        esac
    done > apt/sources.list
    : > apt/status
    cat > apt/conf << END
Dir::Etc::SourceList "$here/apt/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::State::Lists "$here/apt/lists";
Dir::Cache "$here/apt/cache";
APT::Sandbox::User "$(id -un)";
Debug::NoLocking "1";
APT::Install-Recommends "0";
Acquire::Languages "none";
Acquire::Retries "3";
DPkg::Post-Invoke { "true"; };
APT::Update::Post-Invoke { };
END
    export APT_CONFIG=$here/apt/conf
    apt-get -qq update 2> apt/update.log || lacks "package lists could not be fetched from $mirror: $(tail -n 1 apt/update.log)"
}

# unpack TARGET STATUS PACKAGE...: the packages and what they need beyond STATUS, as apt would install them.
unpack() {
    local target=$1 status=$2 names
    shift 2
    names=$(apt-get -s -o Dir::State::status="$status" install "$@" 2> apt/plan.log | awk '$1 == "Inst" { gsub(/[(]/, "", $3); v = $3 ~ /^\[/ ? $4 : $3; gsub(/[(]/, "", v); print $2 "=" v }') \
        || lacks "apt finds no way to have $*: $(tail -n 1 apt/plan.log)"
    mkdir -p "debs/$target" "$target"
    (cd "debs/$target" && apt-get -qq download $names 2> ../../apt/download.log) \
        || lacks "packages could not be fetched from $mirror: $(tail -n 1 apt/download.log)"
    for package in "debs/$target"/*.deb; do dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink -C "$target"; done
    rm -r "debs/$target"
}
