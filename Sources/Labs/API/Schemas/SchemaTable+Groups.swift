/// Fields of the built-in kinds: name, number in protobuf, type, and how lists merge. The form is described at `SchemaTable`.
///
/// - Source: the descriptors and struct tags that `kubectl` 1.33 carries in its binary; for what is newer the recordings.
extension SchemaTable {
    /// Controllers of pods.
    static let apps = Section(
        prefix: "io.k8s.api.apps.v1.",
        text: """
            DaemonSet: metadata#1 ObjectMeta; spec+#2 DaemonSetSpec; status+#3 DaemonSetStatus
            Deployment: metadata#1 ObjectMeta; spec+#2 DeploymentSpec; status+#3 DeploymentStatus
            ReplicaSet: metadata#1 ObjectMeta; spec+#2 ReplicaSetSpec; status+#3 ReplicaSetStatus
            DaemonSetSpec: selector!#1 LabelSelector; template!#2 PodTemplateSpec;
                updateStrategy+#3 DaemonSetUpdateStrategy; minReadySeconds#4 int32; revisionHistoryLimit#6 int32
            DaemonSetStatus: currentNumberScheduled!#1 int32; numberMisscheduled!#2 int32;
                desiredNumberScheduled!#3 int32; numberReady!#4 int32; observedGeneration#5 int64;
                updatedNumberScheduled#6 int32; numberAvailable#7 int32; numberUnavailable#8 int32;
                collisionCount#9 int32; conditions#10 [DaemonSetCondition] merge=type keys=type
            DeploymentSpec: replicas#1 int32; selector!#2 LabelSelector; template!#3 PodTemplateSpec;
                strategy+#4 DeploymentStrategy retain; minReadySeconds#5 int32; revisionHistoryLimit#6 int32;
                paused#7 bool; progressDeadlineSeconds#9 int32
            DeploymentStatus: observedGeneration#1 int64; replicas#2 int32; updatedReplicas#3 int32;
                readyReplicas#7 int32; availableReplicas#4 int32; unavailableReplicas#5 int32;
                terminatingReplicas#9 int32; conditions#6 [DeploymentCondition] merge=type keys=type;
                collisionCount#8 int32
            ReplicaSetSpec: replicas#1 int32; minReadySeconds#4 int32; selector!#2 LabelSelector;
                template#3 PodTemplateSpec
            ReplicaSetStatus: replicas!#1 int32; fullyLabeledReplicas#2 int32; readyReplicas#4 int32;
                availableReplicas#5 int32; terminatingReplicas#7 int32; observedGeneration#3 int64;
                conditions#6 [ReplicaSetCondition] merge=type keys=type
            DaemonSetUpdateStrategy: type#1 string; rollingUpdate#2 RollingUpdateDaemonSet
            DaemonSetCondition: type!#1 string; status!#2 string; lastTransitionTime#3 time; reason#4 string;
                message#5 string
            DeploymentStrategy: type#1 string; rollingUpdate#2 RollingUpdateDeployment
            DeploymentCondition: type!#1 string; status!#2 string; lastUpdateTime#6 time; lastTransitionTime#7 time;
                reason#4 string; message#5 string
            ReplicaSetCondition: type!#1 string; status!#2 string; lastTransitionTime#3 time; reason#4 string;
                message#5 string
            RollingUpdateDaemonSet: maxUnavailable#1 intorstring; maxSurge#2 intorstring
            RollingUpdateDeployment: maxUnavailable#1 intorstring; maxSurge#2 intorstring
            """)

    /// Leases.
    static let coordination = Section(
        prefix: "io.k8s.api.coordination.v1.",
        text: """
            Lease: metadata#1 ObjectMeta; spec+#2 LeaseSpec
            LeaseSpec: holderIdentity#1 string; leaseDurationSeconds#2 int32; acquireTime#3 microtime;
                renewTime#4 microtime; leaseTransitions#5 int32; strategy#6 string; preferredHolder#7 string
            """)

    /// Roles and bindings.
    static let rbac = Section(
        prefix: "io.k8s.api.rbac.v1.",
        text: """
            Role: metadata#1 ObjectMeta; rules!#2 [PolicyRule]
            RoleBinding: metadata#1 ObjectMeta; subjects#2 [Subject]; roleRef!#3 RoleRef
            ClusterRole: metadata#1 ObjectMeta; rules!#2 [PolicyRule]; aggregationRule#3 AggregationRule
            ClusterRoleBinding: metadata#1 ObjectMeta; subjects#2 [Subject]; roleRef!#3 RoleRef
            PolicyRule: verbs!#1 [string]; apiGroups#2 [string]; resources#3 [string]; resourceNames#4 [string];
                nonResourceURLs#5 [string]
            Subject: kind!#1 string; apiGroup#2 string; name!#3 string; namespace#4 string
            RoleRef atomic: apiGroup!#1 string; kind!#2 string; name!#3 string
            AggregationRule: clusterRoleSelectors#1 [LabelSelector]
            """)

    /// Questions about rights.
    static let authorization = Section(
        prefix: "io.k8s.api.authorization.v1.",
        text: """
            SelfSubjectAccessReview: metadata#1 ObjectMeta; spec+#2 SelfSubjectAccessReviewSpec;
                status+#3 SubjectAccessReviewStatus
            SelfSubjectRulesReview: metadata#1 ObjectMeta; spec+#2 SelfSubjectRulesReviewSpec;
                status+#3 SubjectRulesReviewStatus
            SelfSubjectAccessReviewSpec: resourceAttributes#1 ResourceAttributes;
                nonResourceAttributes#2 NonResourceAttributes
            SubjectAccessReviewStatus: allowed!#1 bool; denied#4 bool; reason#2 string; evaluationError#3 string
            SelfSubjectRulesReviewSpec: namespace#1 string
            SubjectRulesReviewStatus: resourceRules!#1 [ResourceRule]; nonResourceRules!#2 [NonResourceRule];
                incomplete!#3 bool; evaluationError#4 string
            ResourceAttributes: namespace#1 string; verb#2 string; group#3 string; version#4 string; resource#5 string;
                subresource#6 string; name#7 string; fieldSelector#8 FieldSelectorAttributes;
                labelSelector#9 LabelSelectorAttributes
            NonResourceAttributes: path#1 string; verb#2 string
            ResourceRule: verbs!#1 [string]; apiGroups#2 [string]; resources#3 [string]; resourceNames#4 [string]
            NonResourceRule: verbs!#1 [string]; nonResourceURLs#2 [string]
            FieldSelectorAttributes: rawSelector#1 string; requirements#2 [FieldSelectorRequirement]
            LabelSelectorAttributes: rawSelector#1 string; requirements#2 [LabelSelectorRequirement]
            """)

    /// Who am I.
    static let authentication = Section(
        prefix: "io.k8s.api.authentication.v1.",
        text: """
            SelfSubjectReview: metadata#1 ObjectMeta; status+#2 SelfSubjectReviewStatus
            SelfSubjectReviewStatus: userInfo+#1 UserInfo
            UserInfo: username#1 string; uid#2 string; groups#3 [string]; extra#4 {ExtraValue}
            ExtraValue: items#1 [string]
            """)

    /// Devices given out by dynamic resource allocation.
    static let resource = Section(
        prefix: "io.k8s.api.resource.v1.",
        text: """
            DeviceClass: metadata#1 ObjectMeta; spec+#2 DeviceClassSpec
            ResourceClaim: metadata#1 ObjectMeta; spec+#2 ResourceClaimSpec; status+#3 ResourceClaimStatus
            ResourceSlice: metadata#1 ObjectMeta; spec+#2 ResourceSliceSpec
            DeviceClassSpec: selectors#1 [DeviceSelector]; config#2 [DeviceClassConfiguration]
            ResourceClaimSpec: devices+#1 DeviceClaim
            ResourceClaimStatus: allocation#1 AllocationResult;
                reservedFor#2 [ResourceClaimConsumerReference] merge=uid keys=uid;
                devices#4 [AllocatedDeviceStatus] keys=driver,device,pool
            ResourceSliceSpec: driver!#1 string; pool!#2 ResourcePool; nodeName#3 string; nodeSelector#4 NodeSelector;
                allNodes#5 bool; devices!#6 [Device]; perDeviceNodeSelection#7 bool; sharedCounters#8 [CounterSet]
            DeviceSelector: cel#1 CELDeviceSelector
            DeviceClassConfiguration: +DeviceConfiguration#1
            DeviceClaim: requests#1 [DeviceRequest]; constraints#2 [DeviceConstraint];
                config#3 [DeviceClaimConfiguration]
            AllocationResult: devices+#1 DeviceAllocationResult; nodeSelector#3 NodeSelector
            ResourceClaimConsumerReference: apiGroup#1 string; resource!#3 string; name!#4 string; uid!#5 string
            AllocatedDeviceStatus: driver!#1 string; pool!#2 string; device!#3 string;
                conditions#4 [Condition] merge=type keys=type; data#5 any; networkData#6 NetworkDeviceData
            ResourcePool: name!#1 string; generation!#2 int64; resourceSliceCount!#3 int64
            Device: name!#1 string; attributes#2 {DeviceAttribute}; capacity#3 {DeviceCapacity};
                consumesCounters#4 [DeviceCounterConsumption]; nodeName#5 string; nodeSelector#6 NodeSelector;
                allNodes#7 bool; taints#8 [DeviceTaint]
            CounterSet: name!#1 string; counters#2 {Counter}
            CELDeviceSelector: expression!#1 string
            DeviceConfiguration: opaque#1 OpaqueDeviceConfiguration
            DeviceRequest: name!#1 string; exactly#2 ExactDeviceRequest; firstAvailable#3 [DeviceSubRequest]
            DeviceConstraint: requests#1 [string]; matchAttribute#2 string
            DeviceClaimConfiguration: requests#1 [string]; +DeviceConfiguration#2
            DeviceAllocationResult: results#1 [DeviceRequestAllocationResult]; config#2 [DeviceAllocationConfiguration]
            NetworkDeviceData: interfaceName#1 string; ips#2 [string]; hardwareAddress#3 string
            DeviceAttribute: int#2 int64; bool#3 bool; string#4 string; version#5 string
            DeviceCapacity: value!#1 quantity
            DeviceCounterConsumption: counterSet!#1 string; counters#2 {Counter}
            DeviceTaint: key!#1 string; value#2 string; effect!#3 string; timeAdded#4 time
            Counter: value!#1 quantity
            OpaqueDeviceConfiguration: driver!#1 string; parameters!#2 any
            ExactDeviceRequest: deviceClassName!#1 string; selectors#2 [DeviceSelector]; allocationMode#3 string;
                count#4 int64; adminAccess#5 bool; tolerations#6 [DeviceToleration]
            DeviceSubRequest: name!#1 string; deviceClassName!#2 string; selectors#3 [DeviceSelector];
                allocationMode#4 string; count#5 int64; tolerations#6 [DeviceToleration]
            DeviceRequestAllocationResult: request!#1 string; driver!#2 string; pool!#3 string; device!#4 string;
                adminAccess#5 bool; tolerations#6 [DeviceToleration]
            DeviceAllocationConfiguration: source!#1 string; requests#2 [string]; +DeviceConfiguration#3
            DeviceToleration: key#1 string; operator#2 string; value#3 string; effect#4 string;
                tolerationSeconds#5 int64
            """)

    /// Definitions of further kinds. No client sends these in protobuf, so they have no numbers.
    static let apiextensions = Section(
        prefix: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.",
        text: """
            CustomResourceDefinition: metadata ObjectMeta; spec+ CustomResourceDefinitionSpec;
                status+ CustomResourceDefinitionStatus
            CustomResourceDefinitionSpec: group! string; names! CustomResourceDefinitionNames; scope! string;
                versions! [CustomResourceDefinitionVersion]; conversion CustomResourceConversion; preserveUnknownFields bool
            CustomResourceDefinitionNames: plural! string; singular string; shortNames [string]; kind! string; listKind string;
                categories [string]
            CustomResourceDefinitionVersion: name! string; served! bool; storage! bool; deprecated bool;
                deprecationWarning string; schema CustomResourceValidation; subresources any;
                additionalPrinterColumns [CustomResourceColumnDefinition]; selectableFields [SelectableField]
            CustomResourceValidation: openAPIV3Schema any
            CustomResourceColumnDefinition: name! string; type! string; format string; description string; priority int32;
                jsonPath! string
            SelectableField: jsonPath! string
            CustomResourceConversion: strategy! string; webhook any
            CustomResourceDefinitionStatus: conditions [CustomResourceDefinitionCondition] keys=type;
                acceptedNames+ CustomResourceDefinitionNames; storedVersions! [string]
            CustomResourceDefinitionCondition: type! string; status! string; lastTransitionTime+ time; reason string;
                message string
            """)

    /// What every object has.
    static let meta = Section(
        prefix: "io.k8s.apimachinery.pkg.apis.meta.v1.",
        text: """
            DeleteOptions: gracePeriodSeconds#1 int64; preconditions#2 Preconditions; orphanDependents#3 bool;
                propagationPolicy#4 string; dryRun#5 [string]; ignoreStoreReadErrorWithClusterBreakingPotential#6 bool
            ObjectMeta: name#1 string; generateName#2 string; namespace#3 string; selfLink#4 string; uid#5 string;
                resourceVersion#6 string; generation#7 int64; creationTimestamp#8 time; deletionTimestamp#9 time;
                deletionGracePeriodSeconds#10 int64; labels#11 {string}; annotations#12 {string};
                ownerReferences#13 [OwnerReference] merge=uid keys=uid; finalizers#14 [string] merge keys=set;
                managedFields#17 [ManagedFieldsEntry]
            Preconditions: uid#1 string; resourceVersion#2 string
            OwnerReference: apiVersion!#5 string; kind!#1 string; name!#3 string; uid!#4 string; controller#6 bool;
                blockOwnerDeletion#7 bool
            ManagedFieldsEntry: manager#1 string; operation#2 string; apiVersion#3 string; time#4 time;
                fieldsType#6 string; fieldsV1#7 any; subresource#8 string
            Condition: type!#1 string; status!#2 string; observedGeneration#3 int64; lastTransitionTime!#4 time;
                reason!#5 string; message!#6 string
            LabelSelector atomic: matchLabels#1 {string}; matchExpressions#2 [LabelSelectorRequirement]
            LabelSelectorRequirement: key!#1 string; operator!#2 string; values#3 [string]
            FieldSelectorRequirement: key#1 string; operator#2 string; values#3 [string]
            """)
}
