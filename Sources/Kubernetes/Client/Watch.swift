internal import Facts

/// A collection as it is and as it changes, until the deadline: no change is lost or told twice, whatever happens to the connection.
///
/// It lists, watches from the list's version, resumes from the last version seen (bookmarks included) when the connection ends, and lists
/// anew when the API no longer keeps that version. One reader; letting go of it ends the connection.
package struct Watch: AsyncSequence, Sendable {
    package typealias Element = WatchEvent
    package typealias Failure = KubernetesFailure

    let client: KubernetesClient
    let collection: ResourcePath
    let labelSelector: String?
    let fieldSelector: String?
    let deadline: ContinuousClock.Instant
    let limit: Duration

    package func makeAsyncIterator() -> Iterator { Iterator(WatchCursor(self)) }

    package struct Iterator: AsyncIteratorProtocol {
        package typealias Failure = KubernetesFailure
        private var cursor: WatchCursor
        init(_ cursor: WatchCursor) { self.cursor = cursor }

        /// - Throws: `KubernetesFailure`; kind `timedOut` at the deadline.
        package mutating func next() async throws(KubernetesFailure) -> WatchEvent? { try await cursor.next() }
    }
}

extension KubernetesClient {
    /// Watches a collection, from what is there now.
    ///
    /// - Parameter deadline: for all of it; the loop over the watch ends with a `timedOut` failure then.
    package func watch(
        _ collection: ResourcePath, labelSelector: String? = nil, fieldSelector: String? = nil, deadline: Duration
    ) -> Watch {
        Watch(
            client: self, collection: collection, labelSelector: labelSelector, fieldSelector: fieldSelector,
            deadline: ContinuousClock.now + deadline, limit: deadline)
    }
}
