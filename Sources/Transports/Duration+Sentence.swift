extension Duration {
    /// `10 s`, `2.5 s`, `300 ms`: for sentences.
    package var inSeconds: String {
        let milliseconds = Int((self / .milliseconds(1)).rounded())
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        let (whole, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        return rest / 100 == 0 ? "\(whole) s" : "\(whole).\(rest / 100) s"
    }
}
