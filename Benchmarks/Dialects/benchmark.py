#!/usr/bin/env python3
"""Reads MAC tables of BENCHMARK_ROWS (100000) rows of every platform and form with Plumbline, and beside it, where it has a
template for the form, with ntc-templates on TextFSM; one table: rows, rows a second of CPU, bytes of memory a row.

Each input is a recording of fixtures/switches or fixtures/nodes whose first row (first entry, in JSON and XML) is repeated with
other addresses. ntc-templates is fetched by pip into a virtual environment outside the repository; where that cannot be had, the
last line says so. BENCHMARK_ONLY is a part of the names to measure.
"""
import json, os, re, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.join(ROOT, ".build/release/plumbline-dialect-benchmark")
ROWS = int(os.environ.get("BENCHMARK_ROWS", "100000"))
MAC = re.compile(r"(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}|(?:[0-9a-fA-F]{4}\.){2}[0-9a-fA-F]{4}")
# dialect, recording, element that is repeated (XML), platform and command of ntc-templates
FORMS = [
    ("junos/mac-table", "switches/junos/mac-table/els-squeezed.txt", None, ("juniper_junos", "show ethernet-switching table")),
    ("junos/mac-table", "switches/junos/mac-table/els-brief.txt", None, None),
    ("junos/mac-table", "switches/junos/mac-table/non-els-interface.txt", None, None),
    ("junos/mac-table", "switches/junos/mac-table/evpn.txt", None, None),
    ("junos/mac-table", "switches/junos/mac-table/mx-evpn.txt", None, None),
    ("junos/mac-table", "switches/junos/mac-table/els-brief-xml.xml", "l2ng-mac-entry", None),
    ("junos/mac-table", "switches/junos/mac-table/els-detail.xml", "l2ng-l2ald-mac-entry-vlan", None),
    ("junos/mac-table", "forms/junos/mac-table/table.json", None, None),
    ("eos/mac-table", "switches/eos/mac-table/two-tables.txt", None, ("arista_eos", "show mac address-table")),
    ("eos/mac-table", "switches/eos/mac-table/vxlan.txt", None, None),
    ("eos/mac-table", "switches/eos/mac-table/table.json", None, None),
    ("eos/mac-table", "switches/eos/mac-table/vxlan-json.json", None, None),
    ("nxos/mac-table", "switches/nxos/mac-table/vpc.txt", None, ("cisco_nxos", "show mac address-table")),
    ("nxos/mac-table", "switches/nxos/mac-table/list.json", None, None),
    ("nxos/mac-table", "switches/nxos/mac-table/show.xml", "ROW_mac_address", None),
    ("ios/mac-table", "switches/ios/mac-table/catalyst.txt", None, ("cisco_ios", "show mac-address-table")),
    ("ios/mac-table", "switches/ios/mac-table/cat4500.txt", None, None),
    ("ios/mac-table", "switches/ios/mac-table/bridge-domain.txt", None, None),
    ("sonic/mac-table", "switches/sonic/mac-table/show-mac.txt", None, None),
    ("sonic/mac-table", "forms/sonic/mac-table/kernel.json", None, None),
    ("cumulus/mac-table", "switches/cumulus/mac-table/net-show.txt", None, None),
    ("cumulus/mac-table", "switches/cumulus/mac-table/nvue-entry-id.txt", None, None),
    ("cumulus/mac-table", "switches/cumulus/mac-table/nvue.json", None, None),
    ("os10/mac-table", "switches/os10/mac-table/tabs.txt", None, None),
    ("os10/mac-table", "switches/os10/mac-table/os9.txt", None, None),
    ("os10/mac-table", "switches/os10/mac-table/bulk.xml", "fwd-table", None),
    ("srlinux/mac-table", "switches/srlinux/mac-table/box.txt", None, None),
    ("srlinux/mac-table", "switches/srlinux/mac-table/state.json", None, None),
    ("linux/mac-table", "nodes/bridge/bridge-fdb-201-dynamic.txt", None, None),
    ("linux/mac-table", "nodes/bridge/bridge-fdb.json", None, None),
    ("linux/mac-table", "nodes/brctl/brctl-showmacs.txt", None, None),
]


def address(number, form):
    digits = f"02{number:010x}"
    if "." in form:
        return ".".join(digits[i:i + 4] for i in (0, 4, 8))
    return ":".join(digits[i:i + 2] for i in range(0, 12, 2))


def repeated(text):
    """Copies of a text with one address each, all of them different."""
    found = MAC.search(text)
    head, tail = text[:found.start()], text[found.end():]
    return [head + address(i, found.group()) + tail for i in range(ROWS)]


def entries(value):
    """The first list in a JSON value whose elements hold an address and more (Junos' `[{"data": address}]` is one value)."""
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        if isinstance(child, list) and child and isinstance(child[0], dict) and len(child[0]) > 1 and MAC.search(json.dumps(child[0])):
            deeper = entries(child[0])
            return deeper if deeper is not None else child
        deeper = entries(child)
        if deeper is not None:
            return deeper
    return None


def enlarged(path, element):
    text = open(os.path.join(ROOT, "fixtures", path)).read()
    if path.endswith(".json"):
        value = json.loads(text)
        whole = [value]
        found = entries(whole)
        if found is None:
            # NVUE's rows stand under numbers.
            rows = repeated(json.dumps(value["1"]))
            return json.dumps({str(number): json.loads(row) for number, row in enumerate(rows)}) + "\n"
        if found is whole:
            found = value
        first = next(one for one in found if MAC.search(json.dumps(one)))
        found[:] = [json.loads(one) for one in repeated(json.dumps(first))]
        return json.dumps(value) + "\n"
    if element:
        start = re.search(rf"<{element}[ >]", text).start()
        end = text.index(f"</{element}>", start) + len(f"</{element}>")
        rest = text.rindex(f"</{element}>") + len(f"</{element}>")
        return text[:start] + "\n".join(repeated(text[start:end])) + text[rest:]
    lines = text.splitlines()
    place = next(i for i, line in enumerate(lines) if MAC.search(line))
    return "\n".join(lines[:place] + repeated(lines[place])) + "\n"


def environment():
    """A Python with ntc-templates; None where it cannot be had."""
    folder = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "plumbline-ntc-templates")
    python = os.path.join(folder, "bin/python3")
    check = [python, "-c", "import ntc_templates.parse"]
    if os.path.exists(python) and subprocess.run(check, stderr=subprocess.DEVNULL).returncode == 0:
        return python
    made = subprocess.run([sys.executable, "-m", "venv", folder], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if made.returncode != 0:
        return None
    pip = subprocess.run(
        [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "ntc-templates", "textfsm"],
        stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return python if pip.returncode == 0 and subprocess.run(check, stderr=subprocess.DEVNULL).returncode == 0 else None


def textfsm(platform, command, path):
    """Run in that Python: one JSON line as the program prints it."""
    from ntc_templates.parse import parse_output
    text = open(path).read()
    before, start = peak(), time.process_time()
    rows = parse_output(platform=platform, command=command, data=text)
    took = time.process_time() - start
    print(json.dumps({"rows": len(rows), "cpu": took, "bytes": peak() - before}))


def peak():
    """The most memory that this program has held so far, in bytes."""
    return int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read()).group(1)) * 1024


def measured(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    except subprocess.TimeoutExpired:
        return "more than 900 s"
    if done.returncode != 0:
        return (done.stderr.strip().splitlines() or ["no output"])[-1][:60]
    return json.loads(done.stdout)


def show(name, reader, result):
    if isinstance(result, str):
        print(f"{name:<46} {reader:<14} {result}", flush=True)
        return
    rows = result["rows"] or 1
    print(f"{name:<46} {reader:<14} {result['rows']:>7} {result.get('unread', 0):>7} {rows / max(result['cpu'], 1e-6):>11,.0f} "
          f"{result['bytes'] / rows:>10,.0f}", flush=True)


def main():
    python = environment()
    print(f"{'recording':<46} {'reader':<14} {'rows':>7} {'unread':>7} {'rows/CPU-s':>11} {'bytes/row':>10}")
    for dialect, path, element, peer in FORMS:
        if os.environ.get("BENCHMARK_ONLY", "") not in path:
            continue
        with tempfile.NamedTemporaryFile("w", suffix=os.path.splitext(path)[1]) as file:
            file.write(enlarged(path, element))
            file.flush()
            show(path, "plumbline", measured([PROGRAM, dialect, file.name]))
            if peer and python:
                show(path, "ntc-templates", measured([python, os.path.abspath(__file__), "textfsm", *peer, file.name]))
    if not python:
        print("ntc-templates could not be had by pip, so nothing stands beside Plumbline.")


if len(sys.argv) == 5 and sys.argv[1] == "textfsm":
    textfsm(*sys.argv[2:])
else:
    main()
