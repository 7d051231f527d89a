/// What a node's kernel says of its IOMMU and of itself.
///
/// - Source: `/proc/cmdline`, `/sys/kernel/iommu_groups`, `uname -rm`.
package struct KernelState: Hashable, Sendable {
    package var commandLine: String
    /// Number of IOMMU groups; 0 when the folder is empty or missing.
    package var iommuGroups: Int
    package var release: String
    /// `x86_64`, `aarch64`, …
    package var machine: String

    package init(commandLine: String, iommuGroups: Int, release: String, machine: String) {
        self.commandLine = commandLine
        self.iommuGroups = iommuGroups
        self.release = release
        self.machine = machine
    }
}

/// A node's CNI configuration folder and one CNI binary.
///
/// - Source: `ls` of the folders, `ls -l`, `od` of the ELF header, and the plugin's own answer to `CNI_COMMAND=VERSION`.
package struct CNIInstallation: Hashable, Sendable {
    package struct Binary: Hashable, Sendable {
        package var path: String
        /// As `ls -l` prints it: `-rwxr-xr-x`.
        package var mode: String
        package var sizeBytes: Int?
        /// ELF `e_machine` in words (`x86_64`, `aarch64`, else `elf-<number>`); nil for scripts and where not readable.
        package var machine: String?
        /// CNI versions the plugin says it supports; nil where it was not asked or did not answer as CNI says.
        package var supportedVersions: [String]?
        /// The plugin's own error text where running it did not work (`exec format error`).
        package var runProblem: String?

        package init(
            path: String, mode: String, sizeBytes: Int? = nil, machine: String? = nil, supportedVersions: [String]? = nil,
            runProblem: String? = nil
        ) {
            self.path = path
            self.mode = mode
            self.sizeBytes = sizeBytes
            self.machine = machine
            self.supportedVersions = supportedVersions
            self.runProblem = runProblem
        }

        /// True when somebody may execute it.
        package var isExecutable: Bool { mode.dropFirst().contains { "xst".contains($0) } }
    }

    /// File names of the configuration folder, sorted as the container runtime sorts them; the first `.conf`, `.conflist`
    /// or `.json` is the one that is used. Nil when the folder is not there.
    package var configurationFiles: [String]?
    /// Nil when the file is not there.
    package var binary: Binary?
    /// `uname -m` of the node.
    package var nodeMachine: String

    package init(configurationFiles: [String]?, binary: Binary?, nodeMachine: String) {
        self.configurationFiles = configurationFiles
        self.binary = binary
        self.nodeMachine = nodeMachine
    }

    /// The configuration that the runtime uses: the first by name with one of the three endings.
    package var activeConfiguration: String? {
        configurationFiles?.sorted().first { name in [".conf", ".conflist", ".json"].contains { name.hasSuffix($0) } }
    }
}

/// Which devices the kubelet gave to a container.
///
/// - Source: `/var/lib/kubelet/device-plugins/kubelet_internal_checkpoint`.
package struct DeviceAllocation: Hashable, Sendable {
    package var podUID: String
    package var container: String
    package var resource: ResourceName
    /// PCI addresses for SR-IOV resources.
    package var deviceIDs: [String]

    package init(podUID: String, container: String, resource: ResourceName, deviceIDs: [String]) {
        self.podUID = podUID
        self.container = container
        self.resource = resource
        self.deviceIDs = deviceIDs
    }
}
