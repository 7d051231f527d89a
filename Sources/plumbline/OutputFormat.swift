internal import ArgumentParser

/// `--output`: what stdout gets. The exit code never depends on it.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case short
    case json
    case ndjson
    case quiet
}

/// `30s`, `10m`, `1h30m`, `500ms` on the command line.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        var total = Duration.zero
        var digits = ""
        var unit = ""
        var any = false
        func take() -> Duration? {
            guard let number = Int64(digits), number >= 0 else { return nil }
            switch unit {
            case "ms": return .milliseconds(number)
            case "s": return .seconds(number)
            case "m": return .seconds(number * 60)
            case "h": return .seconds(number * 3600)
            case "d": return .seconds(number * 86_400)
            default: return nil
            }
        }
        for character in argument {
            if character.isASCII, character.isNumber {
                if !unit.isEmpty {
                    guard let part = take() else { return nil }
                    total += part
                    digits = ""
                    unit = ""
                }
                digits.append(character)
                any = true
            } else {
                unit.append(character)
            }
        }
        guard any, let part = take() else { return nil }
        duration = total + part
    }
}
