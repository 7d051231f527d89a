package import Facts

/// What a journal says, read back.
package struct JournalReading: Hashable, Sendable {
    /// One entry and when it was written.
    package struct Line: Hashable, Sendable {
        package let time: Timestamp
        package let entry: JournalEntry
    }

    /// In the order of writing.
    package let lines: [Line]
    /// True when the last line has no end: the process was killed while it wrote it. What it would have announced was not done.
    package let isTorn: Bool
    /// 1-based numbers of whole lines that are no entries: the file was damaged or edited. Objects may then exist that the
    /// journal does not name; only the run's label finds them.
    package let unreadLines: [Int]

    /// Reads the text of a `journal.jsonl`, however it ends.
    package init(_ bytes: [UInt8]) {
        var lines: [Line] = []
        var unread: [Int] = []
        var number = 0
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: 0x0a) {
            number += 1
            if let value = try? JSONValue(parsing: Array(bytes[start..<end])), let time = JournalEntry.time(value),
                let entry = JournalEntry(value)
            {
                lines.append(Line(time: time, entry: entry))
            } else {
                unread.append(number)
            }
            start = end + 1
        }
        self.lines = lines
        unreadLines = unread
        isTorn = start < bytes.endIndex
    }

    /// How the run was started; nil when it was killed before that was written.
    package var start: RunStart? {
        for line in lines {
            if case .runStarted(let start) = line.entry { return start }
        }
        return nil
    }

    /// When the run began; nil as above.
    package var started: Timestamp? { lines.first?.time }

    /// The exit code that the run ended with; nil when it was killed, or still goes on.
    package var exitCode: Int32? {
        for line in lines.reversed() {
            if case .finished(let exitCode) = line.entry { return exitCode }
        }
        return nil
    }

    /// Every object of the run that may still be in the cluster, in the order of creation (delete in the reverse).
    package var pendingObjects: [PendingObject] {
        var pending: [PendingObject] = []
        for line in lines {
            switch line.entry {
            case .intent(let object):
                pending.append(PendingObject(object: object, uid: nil, state: .intended))
            case .created(let object, let uid):
                pending.update(object, uid: nil, to: .init(object: object, uid: uid, state: .created))
            case .deleted(let object, let uid):
                pending.update(object, uid: uid, to: .init(object: object, uid: uid, state: .deleting))
            case .notCreated(let object, _):
                pending.update(object, uid: nil, to: nil)
            case .verifiedGone(let object, let uid):
                pending.update(object, uid: uid, to: nil)
            case .runStarted, .finished:
                break
            }
        }
        return pending
    }
}

/// An object that may still be in the cluster.
package struct PendingObject: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        /// The POST may or may not have arrived: the run's label tells.
        case intended
        case created
        /// The delete was accepted and the object not yet seen gone.
        case deleting
    }

    package let object: JournalObject
    /// Nil while only the intent is known.
    package let uid: String?
    package let state: State

    package init(object: JournalObject, uid: String?, state: State) {
        self.object = object
        self.uid = uid
        self.state = state
    }
}

extension [PendingObject] {
    /// Puts `next` in the place of the object with this UID, or of the one whose UID is not yet known; an entry without
    /// either (a line was lost) is added, so that nothing made is forgotten.
    fileprivate mutating func update(_ object: JournalObject, uid: String?, to next: PendingObject?) {
        let index = lastIndex { $0.object == object && $0.uid == uid } ?? lastIndex { $0.object == object && $0.uid == nil }
        switch (index, next) {
        case (let index?, let next?): self[index] = next
        case (let index?, nil): remove(at: index)
        case (nil, let next?): append(next)
        case (nil, nil): break
        }
    }
}
