internal import Dialects
package import Facts

/// Reads pods and events, as answers to questions and as a watch hands them over.
package enum PodReading {
    /// Nil when the object is no pod that can be read.
    package static func state(_ object: JSONValue) -> PodState? {
        do throws(DialectError) {
            return try read(object)
        } catch {
            return nil
        }
    }

    /// Nil when the object is no event that can be read.
    package static func event(_ object: JSONValue) -> ClusterEvent? {
        do throws(DialectError) {
            return try EventReader.read(object)
        } catch {
            return nil
        }
    }

    /// The pod with its network-status read; an annotation that cannot be read is kept as a problem, not as an absence.
    static func read(_ object: JSONValue) throws(DialectError) -> PodState {
        var pod = try PodReader.read(object)
        guard let annotation = pod.networkStatusAnnotation else { return pod }
        do throws(DialectError) {
            pod.networkStatus = try NetworkStatusReader.read(annotation)
        } catch {
            pod.networkStatusProblem = error.description
        }
        return pod
    }
}
