#!/usr/bin/env python3
"""Measures Plumbline's SSH beside OpenSSH's processes, asyncssh and a bare libssh2 loop, against one real sshd.

    benchmark.py table   one table: wall, CPU and peak memory of every client at every size
    benchmark.py leak    connections opened and closed round after round: memory and descriptors left

BENCHMARK_SIZES (default "1 10 100 1000") says how many hosts, BENCHMARK_ROUNDS (10) how many rounds of `leak`,
BENCHMARK_SKIP (words of the first column) what to leave out. As root everything runs in a network namespace of its own, where
sshd listens on all of 127.0.0.0/8; else it listens on 127.0.0.1 alone, which all hosts then share.
"""
import fcntl, json, os, shutil, signal, socket, struct, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.join(ROOT, ".build/release/plumbline-ssh-benchmark")
COMMANDS = ["echo one", "uname -rm", "cat /proc/cmdline"]
WINDOW = 64  # connections that are being opened at one time
PROCESSES = 4 * (os.cpu_count() or 1)  # of xargs -P: more at once than this only take turns


def enter_namespace():
    """Starts this program again in a network namespace of its own, with its loopback up."""
    if os.environ.get("BENCHMARK_NAMESPACE") is None and os.geteuid() == 0 and shutil.which("unshare"):
        probe = subprocess.run(["unshare", "-n", "true"], stderr=subprocess.DEVNULL)
        if probe.returncode == 0:
            os.environ["BENCHMARK_NAMESPACE"] = "1"
            os.execvp("unshare", ["unshare", "-n", sys.executable, os.path.abspath(__file__)] + sys.argv[1:])
    if os.environ.get("BENCHMARK_NAMESPACE") == "1":
        with socket.socket() as one:  # ip link set lo up: SIOCGIFFLAGS, SIOCSIFFLAGS with IFF_UP
            name = struct.pack("16sh", b"lo", 0)
            flags = struct.unpack("16sh", fcntl.ioctl(one, 0x8913, name))[1]
            fcntl.ioctl(one, 0x8914, struct.pack("16sh", b"lo", flags | 1))
        return True
    return False


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    def __init__(self, folder, spread, count):
        self.folder, self.spread, self.port, self.user = folder, spread, free_port(), os.environ.get("USER") or "root"
        for name in ["host", "user"]:
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{folder}/{name}"], check=True)
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
            self.user = "root"
        self.write("sshd_config", f"""
Port {self.port}
ListenAddress {"0.0.0.0" if spread else "127.0.0.1"}
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile none
StrictModes no
UsePAM no
UseDNS no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 5000
LogLevel ERROR
SetEnv SHLVL=3
""")
        key = " ".join(open(f"{folder}/host.pub").read().split()[:2])
        self.write("known_hosts", f"[127.*]:{self.port} {key}\n")
        hosts = "".join(f"Host h{i}\n  HostName {self.address(i)}\n" for i in range(count))
        self.write("config", hosts + f"""
Host *
  Port {self.port}
  User {self.user}
  IdentityFile {folder}/user
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile {folder}/known_hosts
  GlobalKnownHostsFile none
""")
        self.process = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", f"{folder}/sshd_config"], stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", self.port)) == 0:
                    break
            time.sleep(0.05)

    def write(self, name, text):
        with open(f"{self.folder}/{name}", "w") as file:
            file.write(text)

    def address(self, i):
        return f"127.1.{i // 250}.{1 + i % 250}" if self.spread else "127.0.0.1"

    def cpu(self):
        words = open(f"/proc/{self.process.pid}/stat").read().rsplit(")", 1)[1].split()
        return sum(int(word) for word in words[11:15]) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def measure(arguments, environment=None):
    """Wall, CPU with all descendants that were waited for, largest single process, and what it printed."""
    began = time.monotonic()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, env={**os.environ, **(environment or {})})
    output = process.stdout.read()
    _, status, use = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return {
        "wall": time.monotonic() - began, "cpu": use.ru_utime + use.ru_stime, "peak": use.ru_maxrss * 1024,
        "output": output.decode(), "code": process.returncode}


def openssh(server, count, control):
    ssh = f"ssh -F {server.folder}/config -o BatchMode=yes"
    if control:  # the master stays a child, so that its CPU is counted
        socket_path = f"{server.folder}/c-$1"
        script = f"rm -f {socket_path}; {ssh} -o ControlMaster=yes -S {socket_path} -N $1 & m=$!; n=0; "
        script += f"while [ ! -S {socket_path} ] && [ $n -lt 600 ]; do sleep 0.1; n=$((n+1)); done; "
        script += "; ".join(f"{ssh} -S {socket_path} $1 '{command}' | grep -c ." for command in COMMANDS)
        script += f"; {ssh} -S {socket_path} -O exit $1 2>/dev/null; kill -9 $m 2>/dev/null; wait $m 2>/dev/null; :"
    else:
        script = "; ".join(f"{ssh} $1 '{command}' | grep -c ." for command in COMMANDS)
    hosts = "".join(f"h{i}\n" for i in range(count))
    server.write("hosts", hosts)
    parallel = min(PROCESSES, count)
    result = measure(["xargs", "-a", f"{server.folder}/hosts", "-P", str(parallel), "-n", "1", "sh", "-c", script, "sh"])
    result["answered"] = result["output"].split().count("1") // len(COMMANDS)
    result["peak"] *= parallel * (2 if control else 1)
    return result


def with_json(result):
    words = json.loads(result.pop("output").strip().splitlines()[-1])
    result.update(words)
    return result


def clients(server, count):
    one = "" if server.spread else "1"
    bare = f"{server.folder}/bare"
    if not os.path.exists(bare):
        compiler = shutil.which("cc") or shutil.which("clang")
        subprocess.run([compiler, "-O2", "-o", bare, f"{HERE}/Peers/bare.c", "-lssh2"], check=True)
    login = [str(server.port), server.user, f"{server.folder}/user"]
    yield "plumbline", lambda: with_json(measure([PROGRAM, "ask", f"{server.folder}/config", str(count)] + COMMANDS))
    yield "bare-libssh2", lambda: with_json(measure(
        [bare] + login + [str(count), str(WINDOW)] + COMMANDS, {"BARE_ONE_ADDRESS": one} if one else None))
    if subprocess.run([sys.executable, "-c", "import asyncssh"], stderr=subprocess.DEVNULL).returncode == 0:
        yield "asyncssh", lambda: with_json(measure(
            [sys.executable, f"{HERE}/Peers/asyncssh_client.py"] + login
            + [f"{server.folder}/known_hosts", str(count), str(WINDOW), one or "0"] + COMMANDS))
    yield "ssh-control", lambda: openssh(server, count, True)
    yield "ssh-xargs", lambda: openssh(server, count, False)


def megabytes(number):
    return f"{number / 1e6:.1f}"


def table(server, sizes):
    skipped = os.environ.get("BENCHMARK_SKIP", "").split()
    print("| hosts | client | wall s | client CPU s | peak MB | answered | server CPU s |")
    print("|---|---|---|---|---|---|---|")
    for count in sizes:
        results = {}
        for name, run in clients(server, count):
            if name in skipped:
                continue
            before = server.cpu()
            result = results[name] = run()
            time.sleep(0.5)
            print(f"| {count} | {name} | {result['wall']:.2f} | {result['cpu']:.2f} | {megabytes(result['peak'])} "
                  f"| {result['answered']} | {server.cpu() - before:.1f} |", flush=True)
        ours = results.get("plumbline")
        if ours:
            print(f"\n{count} hosts: `ssh -G` {ours['resolveWall']:.2f} s wall, {ours['resolveCPU']:.2f} s CPU, before and not in the "
                  f"row above; memory with all open less none {megabytes(ours['rssOpen'] - ours['rssBefore'])} MB")
            for name, result in results.items():
                if name != "plumbline":
                    print(f"  {name}: wall {ours['wall'] / result['wall']:.2f}, CPU 1/{result['cpu'] / ours['cpu']:.1f} of it")
            print(flush=True)


def leak(server, count):
    rounds = os.environ.get("BENCHMARK_ROUNDS", "10")
    output = measure([PROGRAM, "leak", f"{server.folder}/config", str(count), rounds])["output"]
    lines = [json.loads(line) for line in output.splitlines()]
    for line in lines:
        print(f"round {line['round']}: {line['answered']} of {count} answered, {line['openDescriptors']} descriptors and "
              f"{megabytes(line['rssOpen'])} MB with all open, {line['descriptors']} and {megabytes(line['rss'])} MB after")
    second, last = lines[1], lines[-1]
    growth = last["rss"] / second["rss"] - 1
    left = last["descriptors"] - second["descriptors"]
    print(f"memory after round {last['round']} against round 2: {growth * 100:+.1f} % (at most +5); descriptors left: {left}")
    whole = all(line["answered"] == count for line in lines)
    return 0 if growth <= 0.05 and left <= 0 and whole else 1


def main():
    spread = enter_namespace()
    sizes = [int(word) for word in os.environ.get("BENCHMARK_SIZES", "1 10 100 1000").split()]
    with tempfile.TemporaryDirectory(prefix="plumbline-ssh-") as folder:
        server = Server(folder, spread, max(sizes))
        try:
            if not spread:
                print("without a network namespace all hosts are one address")
            if sys.argv[1:] == ["leak"]:
                return leak(server, max(sizes))
            return table(server, sizes)
        finally:
            server.stop()


sys.exit(main())
