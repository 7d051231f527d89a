/// Where the reports of a run are, as the reader of the text can open them.
package struct ReportPlaces: Hashable, Sendable {
    /// The run's folder as to be typed from the working directory, `reports/vlan-201-…`; nil when nothing was written.
    package var folder: String?
    /// Files to name, in this order: `reports/vlan-201-…/junit.xml`.
    package var files: [String]

    package init(folder: String? = nil, files: [String] = []) {
        self.folder = folder
        self.files = files
    }

    /// A path of the run's folder as to be typed; the path itself where the folder is not known.
    func path(_ relative: String) -> String { folder.map { $0 + "/" + relative } ?? relative }
}
