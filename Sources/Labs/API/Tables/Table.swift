internal import Facts

/// A list as `kubectl get` shows it: columns and rows, made by the server.
enum Table {
    struct Column: Sendable {
        let name: String
        var type = "string"
        /// 0 is always shown, 1 with `-o wide`.
        var priority = 0
        let cell: @Sendable (JSONValue, Timestamp) -> JSONValue

        init(
            _ name: String, type: String = "string", priority: Int = 0,
            cell: @escaping @Sendable (JSONValue, Timestamp) -> JSONValue
        ) {
            self.name = name
            self.type = type
            self.priority = priority
            self.cell = cell
        }
    }

    static func of(_ objects: [JSONValue], kind: ResourceKind, include: String, metadata: JSONValue, now: Timestamp = .now)
        -> JSONValue
    {
        let columns = columns(of: kind)
        let definitions: [JSONValue] = columns.map { column in
            [
                "name": .string(column.name), "type": .string(column.type), "format": column.name == "Name" ? "name" : "",
                "description": .string("\(column.name) of the \(kind.kind)"), "priority": .integer(column.priority),
            ]
        }
        let rows: [JSONValue] = objects.map { object in
            let carried: JSONValue
            switch include {
            case "None": carried = nil
            case "Object": carried = object
            default: carried = ObjectForm.metadata(of: object)
            }
            return ["cells": .array(columns.map { $0.cell(object, now) }), "object": carried]
        }
        return [
            "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
            "columnDefinitions": .array(definitions), "rows": .array(rows),
        ]
    }

    /// `48s`, `5m12s`, `3h`, `9d`: how long ago, as kubectl shortens it; `<unknown>` without a time.
    ///
    /// - Source: `k8s.io/apimachinery/pkg/util/duration`, HumanDuration.
    static func age(_ time: String?, now: Timestamp) -> String {
        guard let time, let then = Timestamp(time) else { return "<unknown>" }
        return duration(seconds: max(0, Int(now.since(then).components.seconds)))
    }

    static func duration(seconds: Int) -> String {
        func two(_ large: Int, _ largeUnit: String, _ small: Int, _ smallUnit: String) -> String {
            small == 0 ? "\(large)\(largeUnit)" : "\(large)\(largeUnit)\(small)\(smallUnit)"
        }
        let minutes = seconds / 60
        let hours = seconds / 3600
        let days = hours / 24
        if seconds < 120 { return "\(seconds)s" }
        if minutes < 10 { return two(minutes, "m", seconds % 60, "s") }
        if minutes < 180 { return "\(minutes)m" }
        if hours < 8 { return two(hours, "h", minutes % 60, "m") }
        if hours < 48 { return "\(hours)h" }
        if hours < 192 { return two(days, "d", hours % 24, "h") }
        if hours < 24 * 365 * 2 { return "\(days)d" }
        if hours < 24 * 365 * 8 { return two(days / 365, "y", days % 365, "d") }
        return "\(days / 365)y"
    }
}
