internal import Foundation

/// The sites that can be brought up by name.
package enum SiteLibrary {
    /// Names, in the order of the alphabet.
    package static var names: [String] { ["seed"] }

    /// A site by its name or by the path of its file.
    ///
    /// - Throws: `LabError` that names what there is.
    package static func site(_ name: String) throws(LabError) -> Site {
        guard name == "seed" else {
            throw LabError("no site '\(name)'; there are: \(names.joined(separator: ", "))")
        }
        return .seed
    }
}
