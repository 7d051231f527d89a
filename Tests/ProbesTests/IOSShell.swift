import Foundation

/// A command line as IOS has it, written for `sh`, to stand behind sshd as its forced command.
///
/// Not IOS's words to the letter: what it has in common with them is what a caller has to get through, taken from
/// the error texts and tables under `fixtures/switches/ios`.
struct IOSShell: Sendable {
    enum Exec: String, Sendable {
        /// Ends with status 1 and not a word.
        case saysNothing
        /// Opens its command line, whatever was asked.
        case showsItsPrompt
        /// Answers, as most others do.
        case answers
    }

    enum Paging: String, Sendable {
        case untilTurnedOff
        /// The account may not change its terminal.
        case always
    }

    var exec: Exec
    var pages = Paging.untilTurnedOff

    /// - Parameter log: a file that gets each line that was typed.
    func script(log: String) -> String {
        """
        table() {
            echo 'Protocol  Address          Age (min)  Hardware Addr   Type   Interface'
            n=2; while [ $n -le 61 ]; do
                printf 'Internet  192.168.201.%-4s       3   0a43.80e7.%04x  ARPA   Vlan201\\n' $n $n; n=$((n+1))
            done
        }
        page() {
            [ $length = 0 ] && { cat; return; }
            shown=0; while IFS= read -r row; do
                echo "$row"; shown=$((shown+1))
                [ $shown -lt $length ] || { printf ' --More-- '; IFS= read -r key </dev/tty; shown=0; }
            done
        }
        case "\(exec.rawValue):${SSH_ORIGINAL_COMMAND-}" in
        *:) ;;
        saysNothing:*) exit 1 ;;
        answers:'show ip arp') table; exit 0 ;;
        answers:*) echo '% Invalid input detected'; exit 0 ;;
        esac
        printf '\\n*** Property of the # Lab >, password: none ***\\n\\n'
        length=24
        while :; do
            printf 'sw1#'
            IFS= read -r line || exit 0
            [ -t 0 ] && echo "$line" >>'\(log)'
            case "$line" in
            'terminal length 0') \(pages == .always ? "echo '% Authorization failed.'" : "length=0") ;;
            'terminal width 511'|'') ;;
            'show ip arp') table | page ;;
            *) echo "% Invalid input detected at '^' marker." ;;
            esac
        done
        """
    }
}
