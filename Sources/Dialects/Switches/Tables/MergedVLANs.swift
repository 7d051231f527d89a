internal import Facts

extension VLANEntry {
    /// The rows of a table that lists VLANs port by port, as one row a VLAN (name and tag), in the order of the first member.
    /// Rows with neither name nor tag say nothing about a VLAN and are left out.
    static func merged(_ reading: Reading<VLANEntry>) -> Reading<VLANEntry> {
        var merged: [VLANEntry] = []
        var places: [String: Int] = [:]
        for row in reading.rows where row.vlanID != nil || row.name != nil || row.members.contains(where: { $0.tagged == false })
        {
            let key = "\(row.vlanID?.number ?? -1) \(row.name ?? "")"
            if let place = places[key] {
                merged[place].members += row.members
            } else {
                places[key] = merged.count
                merged.append(row)
            }
        }
        return Reading(rows: merged, unread: reading.unread, statedEmpty: reading.statedEmpty, form: reading.form)
    }
}
