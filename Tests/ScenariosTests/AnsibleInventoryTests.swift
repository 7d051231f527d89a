import Documents
import Testing

@testable import Scenarios

/// Inventories as Kubespray's users keep them. The forms are Ansible's (manual, "How to build your inventory"); names and addresses
/// are ours.
struct AnsibleInventoryTests {
    static let ini = """
        # Kubespray
        [all]
        worker1 ansible_host=192.0.2.11 ip=10.3.0.1 etcd_member_name=etcd1   # rack 1
        worker2 ansible_host=192.0.2.12 ansible_port=2222 ansible_user="lab op"
        [2001:db8::3]:2200

        [kube_control_plane]
        worker1

        [kube_node]
        worker[1:2]
        edge[08:10]:2022

        [k8s_cluster:children]
        kube_control_plane
        kube_node

        [k8s_cluster:vars]
        ansible_user = cloud
        ansible_ssh_private_key_file = ~/.ssh/cluster
        [kube_node:vars]
        ansible_ssh_common_args='-o ProxyJump=ops@bastion:22,inner -o StrictHostKeyChecking=no'
        """

    static let yaml = """
        all:
          vars:
            ansible_user: cloud
          hosts:
            worker1: {ansible_host: 192.0.2.11, ip: 10.3.0.1}
            worker2:
              ansible_host: 192.0.2.12
              ansible_port: 2222
              ansible_user: lab op
          children:
            kube_node:
              hosts:
                worker1:
                worker2:
                edge[08:10]:
              vars:
                ansible_ssh_common_args: -J ops@bastion:22,inner
            k8s_cluster:
              vars:
                ansible_ssh_private_key_file: ~/.ssh/cluster
              children:
                kube_node:
        """

    private func read(_ text: String, _ file: String = "hosts.yaml", _ files: [AnsibleInventory.VariableFile] = []) throws
        -> [String: AnsibleHost]
    {
        try AnsibleInventory(file: file, text: text) { _, _ in files }.hosts
    }

    private func sentences(_ text: String, _ file: String = "inventory.ini") -> [String] {
        do throws(ProblemList) {
            _ = try AnsibleInventory(file: file, text: text)
            return []
        } catch {
            return error.problems.map(\.headline)
        }
    }

    @Test(arguments: [(ini, "inventory.ini"), (ini, "hosts"), (yaml, "hosts.yaml"), (yaml, "hosts")])
    func bothFormsSayTheSame(text: String, file: String) throws {
        let hosts = try read(text, file)
        let way = ["ops@bastion:22", "inner"]
        #expect(
            hosts["worker1"]
                == AnsibleHost(address: "192.0.2.11", user: "cloud", privateKeyFile: "~/.ssh/cluster", proxyJump: way))
        #expect(
            hosts["worker2"]
                == AnsibleHost(
                    address: "192.0.2.12", port: 2222, user: "lab op", privateKeyFile: "~/.ssh/cluster", proxyJump: way))
        #expect(hosts["edge08"]?.proxyJump == way)
        #expect(Set(hosts.keys).isSuperset(of: ["edge08", "edge09", "edge10"]))
    }

    @Test func portsStandBehindNamesInINI() throws {
        let hosts = try read(Self.ini, "inventory.ini")
        #expect(hosts["2001:db8::3"] == AnsibleHost(port: 2200))
        #expect(hosts["edge10"]?.port == 2022)
    }

    /// In Ansible's order: the file's groups from the outermost in, then group_vars, the host's own, host_vars.
    @Test func theInnermostWordIsTheLast() throws {
        func user(_ files: [AnsibleInventory.VariableFile], host: String = "") throws -> String? {
            try read(
                """
                all:
                  vars: {ansible_user: of-all}
                  children:
                    outer:
                      vars: {ansible_user: of-outer}
                      children:
                        inner:
                          vars: {ansible_user: of-inner}
                          hosts: {worker1: {\(host)}}
                    beside:
                      hosts: {worker1: {}}
                      vars: {ansible_user: of-beside}
                """, "hosts.yaml", files)["worker1"]?.user
        }
        let all = AnsibleInventory.VariableFile(.group("all"), file: "group_vars/all.yml", text: "ansible_user: file-of-all\n")
        let inner = AnsibleInventory.VariableFile(
            .group("inner"), file: "group_vars/inner.yml",
            text: "ansible_user: file-of-inner\nother: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6139\n")
        let own = AnsibleInventory.VariableFile(
            .host("worker1"), file: "host_vars/worker1.yml", text: "ansible_user: file-of-host\n")
        #expect(try user([]) == "of-inner")
        #expect(try user([all]) == "file-of-all")
        #expect(try user([all, inner]) == "file-of-inner")
        #expect(try user([all, inner], host: "ansible_user: of-host") == "of-host")
        #expect(try user([all, inner, own], host: "ansible_user: of-host") == "file-of-host")
    }

    @Test func whatTheInventoryDoesNotSayIsLeftOpen() throws {
        #expect(try read("[all]\nworker1\n", "inventory.ini")["worker1"] == AnsibleHost())
        #expect(try read("all:\n  hosts:\n    worker1:\n")["worker1"] == AnsibleHost())
    }

    @Test(
        arguments: [
            ("-o ProxyCommand=\"ssh -W %h:%p -q op@bastion\"", nil, "ssh -W %h:%p -q op@bastion"),
            ("-oProxyJump=bastion", ["bastion"], nil), ("-Jbastion", ["bastion"], nil), ("-o 'ProxyJump none'", [], nil),
            ("-o ControlMaster=auto -o ControlPersist=60s -q", nil, nil),
        ] as [(String, [String]?, String?)])
    func theWayIsTakenFromTheArgumentsOfSSH(arguments: String, jump: [String]?, command: String?) throws {
        let host = try read("[all:vars]\nansible_ssh_common_args=\(arguments)\n[all]\nworker1\n", "inventory.ini")["worker1"]
        #expect(host?.proxyJump == jump)
        #expect(host?.proxyCommand == command)
    }

    static let refusals: [(text: String, file: String, headline: String)] = [
        (
            "[all]\nworker1 ansible_port=ssh\n", "inventory.ini",
            "inventory.ini:2:1: error: the port 'ssh' is no number from 1 to 65535 [inventory-port]"
        ),
        (
            "[all]\nworker1 ansible_user='op\n", "inventory.ini",
            "inventory.ini:2:1: error: a quote is not closed [inventory-quotes]"
        ),
        (
            "[kube_node]\nworker1\n[k8s:children]\nkube_nodes\n", "inventory.ini",
            "inventory.ini:4:1: error: 'kube_nodes', a child of k8s, is no group of this inventory; did you mean 'kube_node'? [inventory-group]"
        ),
        (
            "[a:children]\nb\n[b]\nworker1\n[a]\nworker2\n[b:children]\nb\n", "inventory.ini",
            "inventory.ini:8:1: error: the group b is within itself, through b [inventory-loop]"
        ),
        (
            "[all:var]\nx=1\n", "inventory.ini",
            "inventory.ini:1:1: error: the section [all:var] is neither a group nor ':vars' or ':children' of one [inventory-section]"
        ),
        (
            "[all]\nnode[10:1]\n", "inventory.ini",
            "inventory.ini:2:1: error: the range in 'node[10:1]' cannot be read; write it as node[01:10] [inventory-range]"
        ),
        (
            "[all]\nworker1 and more\n", "inventory.ini",
            "inventory.ini:2:1: error: expected 'name=value' behind the host worker1, saw 'and' [inventory-variable]"
        ),
        (
            "all:\n  hosts:\n    worker1: {ansible_host: \"{{ ip }}\"}\n", "hosts.yaml",
            "hosts.yaml:3:29: error: 'ansible_host' is computed by Ansible ({{ ip }}), which is not done here; write the value, or give "
                + "what `ansible-inventory --list --yaml` prints [inventory-computed]"
        ),
        (
            "all:\n  host:\n    worker1:\n", "hosts.yaml",
            "hosts.yaml:2:3: error: expected 'hosts', 'children' or 'vars' in the group all, saw 'host'; did you mean 'hosts'? [inventory-key]"
        ),
        (
            "plugin: openstack\n", "hosts.yaml",
            "hosts.yaml:1:1: error: this configures an inventory plugin of Ansible, which is not run here; give what "
                + "`ansible-inventory --list --yaml` prints for it [inventory-plugin]"
        ),
        (
            "[all:vars]\nansible_ssh_common_args=-F ssh-bastion.conf\n[all]\nworker1\n", "inventory.ini",
            "inventory.ini:2:1: error: an ssh configuration is named by -F in '-F ssh-bastion.conf'; give it as --ssh-config "
                + "[inventory-ssh-config]"
        ),
    ]

    @Test(arguments: refusals.indices) func whatIsWrongIsSaidWithItsPlace(_ index: Int) {
        let (text, file, headline) = Self.refusals[index]
        #expect(sentences(text, file) == [headline])
    }

    @Test func allProblemsComeAtOnce() {
        #expect(sentences("[all]\nworker1 ansible_port=0\nworker2 ansible_port=x\nworker3 ansible_host='{{ a }}'\n").count == 3)
    }
}
