package import Facts

/// What a watch tells, in the API's order.
package enum WatchEvent: Hashable, Sendable {
    /// New to the watcher: created, or there already when the watch began.
    case added(KubernetesObject)
    case modified(KubernetesObject)
    /// With its last state.
    case deleted(KubernetesObject)
    /// Found missing after the watch had lost its place: deleted, with a last state that nobody here has seen.
    case vanished(ObjectReference)
    /// Everything that existed at this version has been told. Comes after the first list, and after every list that had to be made anew.
    case synchronized(resourceVersion: String)
}
