package import Facts
package import Verdicts

/// Faults 37 to 41: the sriov plugin missing, not executable, of another architecture, or too old.
package struct CNIBinaryCheck: Check {
    package static let id: CheckID = "cni.binary"
    package static let title = "the sriov CNI plugin can be executed on the node"
    package static let moment = Moment.baseline
    package static let blockedBy: [CheckID] = []

    let target: NodeTarget
    package init(target: NodeTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { [target.subject] }
    package var location: String? { target.location }

    private var installation: CNIInstallationRequest {
        CNIInstallationRequest(node: target.node, configurationFolder: target.cniFolder, binaryPath: target.cniBinary)
    }

    package func needs(known facts: FactBook) -> [Need] { [Need(installation, at: .baseline)] }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let path = target.cniBinary
        let installation = try facts.read(installation, .baseline)
        guard let binary = installation.binary else {
            return Judgement(
                .fail, code: "CNIBinaryMissing",
                sentence:
                    "\(target.node): \(path) is not there, expected the sriov CNI plugin; pods would stay in ContainerCreating "
                    + "with 'failed to find plugin \"sriov\" in path'",
                expected: path, seen: "no such file", next: "copy the sriov plugin to \(path) on \(target.node)")
        }
        guard binary.isExecutable else {
            return Judgement(
                .fail, code: "CNIBinaryNotExecutable",
                sentence: "\(target.node): \(path) has mode \(binary.mode), expected an executable file", expected: "-rwxr-xr-x",
                seen: binary.mode, next: "chmod 0755 \(path) on \(target.node)")
        }
        if let machine = binary.machine, machine != installation.nodeMachine {
            return Judgement(
                .fail, code: "CNIBinaryWrongArchitecture",
                sentence: "\(target.node): \(path) is built for \(machine), the node is \(installation.nodeMachine)",
                expected: installation.nodeMachine, seen: machine,
                next: "install the sriov plugin built for \(installation.nodeMachine)")
        }
        if let problem = binary.runProblem {
            return Judgement(
                .fail, code: "CNIBinaryDoesNotRun", sentence: "\(target.node): \(path) does not run: \(problem)",
                expected: "an answer to CNI_COMMAND=VERSION", seen: problem,
                next: "ssh \(target.node) CNI_COMMAND=VERSION \(path)")
        }
        guard let versions = binary.supportedVersions else {
            return Judgement(
                .pass, code: "CNIBinaryPresent",
                sentence: "\(target.node): \(path) is there, executable, \(binary.machine ?? "of unknown architecture")",
                seen: binary.mode,
                notes: [
                    Note(
                        code: "cni-version-not-asked",
                        sentence: "\(target.node): \(path) did not say which CNI versions it supports")
                ])
        }
        if let wanted = target.cniVersion, !versions.contains(wanted) {
            return Judgement(
                .fail, code: "CNIVersionUnsupported",
                sentence:
                    "\(target.node): \(path) supports CNI \(versions.joined(separator: ", ")), the network asks for \(wanted)",
                expected: wanted, seen: versions.joined(separator: ", "),
                next: "install a sriov plugin that supports CNI \(wanted)")
        }
        return Judgement(
            .pass, code: "CNIBinaryPresent",
            sentence:
                "\(target.node): \(path) is there, executable, \(binary.machine ?? "of unknown architecture"), and supports CNI up to "
                + "\(versions.last ?? "none")", seen: binary.mode)
    }
}
