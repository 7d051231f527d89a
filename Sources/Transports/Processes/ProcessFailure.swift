/// Why a program of this machine gave no answer.
package struct ProcessFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Cause: Hashable, Sendable {
        /// The program is not there or may not be run; the text is the system's.
        case notStarted(String)
        case deadline(after: Duration)
        case outputTooLong(limitBytes: Int)
        case cancelled
    }

    /// Name or path as it was given.
    package let program: String
    package let cause: Cause

    package var description: String {
        switch cause {
        case .notStarted(let reason): "\(program) could not be started (\(reason)); see that it is installed and on PATH"
        case .deadline(let after): "\(program) did not end within \(after.inSeconds) and was stopped; see what it waits for"
        case .outputTooLong(let limit): "\(program) wrote more than \(limit) bytes and was stopped"
        case .cancelled: "\(program) was stopped with the run"
        }
    }
}
