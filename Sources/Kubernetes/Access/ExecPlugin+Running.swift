internal import Facts
internal import Foundation
internal import Transports

extension ExecPlugin {
    /// Runs the program and reads what it gives.
    ///
    /// - Throws: `KubernetesFailure` of kind `configuration` with what the program said on stderr.
    func run(for access: ClusterAccess) async throws(KubernetesFailure) -> PluginCredential {
        let isTerminal = isatty(STDIN_FILENO) == 1
        let isInteractive = interactiveMode != .never && isTerminal
        guard interactiveMode != .always || isTerminal else {
            throw trouble(access, "it always asks questions (interactiveMode Always), and standard input is no terminal")
        }
        var environment: [String: String?] = environment.secret
        environment["KUBERNETES_EXEC_INFO"] = information(isInteractive: isInteractive).compactText
        let output: LocalProcess.Output
        do throws(ProcessFailure) {
            output = try await LocalProcess.run(
                command, arguments, environment: environment, usesTerminal: isInteractive,
                deadline: isInteractive ? .seconds(300) : .seconds(60))
        } catch {
            if case .cancelled = error.cause { throw KubernetesFailure(kind: .cancelled, sentence: "cluster: given up") }
            throw trouble(access, "\(error)")
        }
        guard output.ending == .exited(0) else {
            throw trouble(access, "it \(Self.words(output.ending))" + Self.quoted(output.errorText))
        }
        do throws(PluginAnswerProblem) {
            return try PluginCredential(output.stdout, apiVersion: apiVersion)
        } catch {
            throw trouble(
                access, "expected an ExecCredential of \(apiVersion), but \(error.seen)" + Self.quoted(output.errorText))
        }
    }

    private func trouble(_ access: ClusterAccess, _ seen: String) -> KubernetesFailure {
        .configuration(
            "the credential plugin '\(command)' of user '\(access.userName ?? "")' in \(access.origin) gave no credentials: \(seen)",
            next: installHint.map { "its makers say: \($0.trimmingCharacters(in: .whitespacesAndNewlines))" })
    }

    private static func words(_ ending: LocalProcess.Ending) -> String {
        switch ending {
        case .exited(let code): "ended with \(code)"
        case .signalled(let number): "was ended by signal \(number)"
        }
    }

    private static func quoted(_ errors: String) -> String {
        errors.isEmpty ? " and said nothing" : ": \(errors.prefix(2000))"
    }
}
