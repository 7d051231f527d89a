/// Fields of the built-in kinds: name, number in protobuf, type, and how lists merge. The form is described at `SchemaTable`.
///
/// - Source: the descriptors and struct tags that `kubectl` 1.33 carries in its binary; for what is newer the recordings.
extension SchemaTable {
    /// Pods, nodes, namespaces, events and what belongs to them.
    static let core = Section(
        prefix: "io.k8s.api.core.v1.",
        text: """
            Pod: metadata#1 ObjectMeta; spec+#2 PodSpec; status+#3 PodStatus
            Node: metadata#1 ObjectMeta; spec+#2 NodeSpec; status+#3 NodeStatus
            Namespace: metadata#1 ObjectMeta; spec+#2 NamespaceSpec; status+#3 NamespaceStatus
            ConfigMap: metadata#1 ObjectMeta; immutable#4 bool; data#2 {string}; binaryData#3 {bytes}
            Event: metadata+#1 ObjectMeta; involvedObject!#2 ObjectReference; reason#3 string; message#4 string;
                source+#5 EventSource; firstTimestamp+#6 time; lastTimestamp+#7 time; count#8 int32; type#9 string;
                eventTime+#10 microtime; series#11 EventSeries; action#12 string; related#13 ObjectReference;
                reportingComponent!#14 string; reportingInstance!#15 string
            Secret: metadata#1 ObjectMeta; immutable#5 bool; data#2 {bytes}; stringData#4 {string}; type#3 string
            ServiceAccount: metadata#1 ObjectMeta; secrets#2 [ObjectReference] merge=name keys=name;
                imagePullSecrets#3 [LocalObjectReference]; automountServiceAccountToken#4 bool
            Service: metadata#1 ObjectMeta; spec+#2 ServiceSpec; status+#3 ServiceStatus
            LimitRange: metadata#1 ObjectMeta; spec+#2 LimitRangeSpec
            ResourceQuota: metadata#1 ObjectMeta; spec+#2 ResourceQuotaSpec; status+#3 ResourceQuotaStatus
            PodSpec: volumes#1 [Volume] merge=name keys=name retain; initContainers#20 [Container] merge=name keys=name;
                containers!#2 [Container] merge=name keys=name;
                ephemeralContainers#34 [EphemeralContainer] merge=name keys=name; restartPolicy#3 string;
                terminationGracePeriodSeconds#4 int64; activeDeadlineSeconds#5 int64; dnsPolicy#6 string;
                nodeSelector#7 {string} atomic; serviceAccountName#8 string; serviceAccount#9 string;
                automountServiceAccountToken#21 bool; nodeName#10 string; hostNetwork#11 bool; hostPID#12 bool;
                hostIPC#13 bool; shareProcessNamespace#27 bool; securityContext#14 PodSecurityContext;
                imagePullSecrets#15 [LocalObjectReference] merge=name keys=name; hostname#16 string;
                subdomain#17 string; affinity#18 Affinity; schedulerName#19 string; tolerations#22 [Toleration];
                hostAliases#23 [HostAlias] merge=ip keys=ip; priorityClassName#24 string; priority#25 int32;
                dnsConfig#26 PodDNSConfig; readinessGates#28 [PodReadinessGate]; runtimeClassName#29 string;
                enableServiceLinks#30 bool; preemptionPolicy#31 string; overhead#32 {quantity};
                topologySpreadConstraints#33 [TopologySpreadConstraint] merge=topologyKey keys=topologyKey,whenUnsatisfiable;
                setHostnameAsFQDN#35 bool; os#36 PodOS; hostUsers#37 bool;
                schedulingGates#38 [PodSchedulingGate] merge=name keys=name;
                resourceClaims#39 [PodResourceClaim] merge=name keys=name retain; resources#40 ResourceRequirements
            PodStatus: observedGeneration#17 int64; phase#1 string; conditions#2 [PodCondition] merge=type keys=type;
                message#3 string; reason#4 string; nominatedNodeName#11 string; hostIP#5 string;
                hostIPs#16 [HostIP] merge=ip; podIP#6 string; podIPs#12 [PodIP] merge=ip keys=ip; startTime#7 time;
                initContainerStatuses#10 [ContainerStatus]; containerStatuses#8 [ContainerStatus]; qosClass#9 string;
                ephemeralContainerStatuses#13 [ContainerStatus]; resize#14 string;
                resourceClaimStatuses#15 [PodResourceClaimStatus] merge=name keys=name retain;
                extendedResourceClaimStatus#18 PodExtendedResourceClaimStatus; allocatedResources {quantity}; resources ResourceRequirements
            NodeSpec: podCIDR#1 string; podCIDRs#7 [string] merge keys=set; providerID#3 string; unschedulable#4 bool;
                taints#5 [Taint]; configSource#6 any; externalID#2 string
            NodeStatus: capacity#1 {quantity}; allocatable#2 {quantity}; phase#3 string;
                conditions#4 [NodeCondition] merge=type keys=type; addresses#5 [NodeAddress] merge=type keys=type;
                daemonEndpoints+#6 NodeDaemonEndpoints; nodeInfo+#7 NodeSystemInfo; images#8 [ContainerImage];
                volumesInUse#9 [string]; volumesAttached#10 [AttachedVolume]; config#11 any;
                runtimeHandlers#12 [NodeRuntimeHandler]; features#13 NodeFeatures; declaredFeatures [string]
            NamespaceSpec: finalizers#1 [string]
            NamespaceStatus: phase#1 string; conditions#2 [NamespaceCondition] merge=type keys=type
            ObjectReference atomic: kind#1 string; namespace#2 string; name#3 string; uid#4 string; apiVersion#5 string;
                resourceVersion#6 string; fieldPath#7 string
            EventSource: component#1 string; host#2 string
            EventSeries: count#1 int32; lastObservedTime#2 microtime
            LocalObjectReference atomic: name#1 string
            ServiceSpec: ports#1 [ServicePort] merge=port keys=port,protocol; selector#2 {string} atomic;
                clusterIP#3 string; clusterIPs#18 [string]; type#4 string; externalIPs#5 [string];
                sessionAffinity#7 string; loadBalancerIP#8 string; loadBalancerSourceRanges#9 [string];
                externalName#10 string; externalTrafficPolicy#11 string; healthCheckNodePort#12 int32;
                publishNotReadyAddresses#13 bool; sessionAffinityConfig#14 SessionAffinityConfig;
                ipFamilies#19 [string]; ipFamilyPolicy#17 string; allocateLoadBalancerNodePorts#20 bool;
                loadBalancerClass#21 string; internalTrafficPolicy#22 string; trafficDistribution#23 string
            ServiceStatus: loadBalancer+#1 LoadBalancerStatus; conditions#2 [Condition] merge=type keys=type
            LimitRangeSpec: limits!#1 [LimitRangeItem]
            ResourceQuotaSpec: hard#1 {quantity}; scopes#2 [string]; scopeSelector#3 ScopeSelector
            ResourceQuotaStatus: hard#1 {quantity}; used#2 {quantity}
            Volume: name!#1 string; +VolumeSource#2
            Container: name!#1 string; image#2 string; command#3 [string]; args#4 [string]; workingDir#5 string;
                ports#6 [ContainerPort] merge=containerPort keys=containerPort,protocol; envFrom#19 [EnvFromSource];
                env#7 [EnvVar] merge=name keys=name; resources+#8 ResourceRequirements;
                resizePolicy#23 [ContainerResizePolicy]; restartPolicy#24 string;
                volumeMounts#9 [VolumeMount] merge=mountPath keys=mountPath;
                volumeDevices#21 [VolumeDevice] merge=devicePath keys=devicePath; livenessProbe#10 Probe;
                readinessProbe#11 Probe; startupProbe#22 Probe; lifecycle#12 Lifecycle;
                terminationMessagePath#13 string; terminationMessagePolicy#20 string; imagePullPolicy#14 string;
                securityContext#15 SecurityContext; stdin#16 bool; stdinOnce#17 bool; tty#18 bool
            EphemeralContainer: +EphemeralContainerCommon#1; targetContainerName#2 string
            PodSecurityContext: seLinuxOptions#1 SELinuxOptions; windowsOptions#8 WindowsSecurityContextOptions;
                runAsUser#2 int64; runAsGroup#6 int64; runAsNonRoot#3 bool; supplementalGroups#4 [int64];
                supplementalGroupsPolicy#12 string; fsGroup#5 int64; sysctls#7 [Sysctl]; fsGroupChangePolicy#9 string;
                seccompProfile#10 SeccompProfile; appArmorProfile#11 AppArmorProfile; seLinuxChangePolicy#13 string
            Affinity: nodeAffinity#1 NodeAffinity; podAffinity#2 PodAffinity; podAntiAffinity#3 PodAntiAffinity
            Toleration: key#1 string; operator#2 string; value#3 string; effect#4 string; tolerationSeconds#5 int64
            HostAlias: ip!#1 string; hostnames#2 [string]
            PodDNSConfig: nameservers#1 [string]; searches#2 [string]; options#3 [PodDNSConfigOption]
            PodReadinessGate: conditionType!#1 string
            TopologySpreadConstraint: maxSkew!#1 int32; topologyKey!#2 string; whenUnsatisfiable!#3 string;
                labelSelector#4 LabelSelector; minDomains#5 int32; nodeAffinityPolicy#6 string;
                nodeTaintsPolicy#7 string; matchLabelKeys#8 [string]
            PodOS: name!#1 string
            PodSchedulingGate: name!#1 string
            PodResourceClaim: name!#1 string; resourceClaimName#3 string; resourceClaimTemplateName#4 string
            ResourceRequirements: limits#1 {quantity}; requests#2 {quantity};
                claims#3 [ContainerResourceClaim] keys=name
            PodCondition: type!#1 string; observedGeneration#7 int64; status!#2 string; lastProbeTime+#3 time;
                lastTransitionTime+#4 time; reason#5 string; message#6 string
            HostIP: ip!#1 string
            PodIP: ip!#1 string
            ContainerStatus: name!#1 string; state+#2 ContainerState; lastState+#3 ContainerState; ready!#4 bool;
                restartCount!#5 int32; image!#6 string; imageID!#7 string; containerID#8 string; started#9 bool;
                allocatedResources#10 {quantity}; resources#11 ResourceRequirements;
                volumeMounts#12 [VolumeMountStatus] merge=mountPath keys=mountPath; user#13 ContainerUser;
                allocatedResourcesStatus#14 [ResourceStatus] merge=name keys=name; stopSignal#15 string
            PodResourceClaimStatus: name!#1 string; resourceClaimName#2 string
            PodExtendedResourceClaimStatus: requestMappings!#1 [ContainerExtendedResourceRequest];
                resourceClaimName!#2 string
            ContainerExtendedResourceRequest: containerName!#1 string; resourceName!#2 string; requestName!#3 string
            Taint: key!#1 string; value#2 string; effect!#3 string; timeAdded#4 time
            NodeCondition: type!#1 string; status!#2 string; lastHeartbeatTime+#3 time; lastTransitionTime+#4 time;
                reason#5 string; message#6 string
            NodeAddress: type!#1 string; address!#2 string
            NodeDaemonEndpoints: kubeletEndpoint+#1 DaemonEndpoint
            NodeSystemInfo: machineID!#1 string; systemUUID!#2 string; bootID!#3 string; kernelVersion!#4 string;
                osImage!#5 string; containerRuntimeVersion!#6 string; kubeletVersion!#7 string;
                kubeProxyVersion!#8 string; operatingSystem!#9 string; architecture!#10 string; swap#11 NodeSwapStatus
            ContainerImage: names!#1 [string]; sizeBytes#2 int64
            AttachedVolume: name!#1 string; devicePath!#2 string
            NodeRuntimeHandler: name#1 string; features#2 NodeRuntimeHandlerFeatures
            NodeFeatures: supplementalGroupsPolicy#1 bool
            NamespaceCondition: type!#1 string; status!#2 string; lastTransitionTime#4 time; reason#5 string;
                message#6 string
            ServicePort: name#1 string; protocol#2 string; appProtocol#6 string; port!#3 int32;
                targetPort#4 intorstring; nodePort#5 int32
            SessionAffinityConfig: clientIP#1 ClientIPConfig
            LoadBalancerStatus: ingress#1 [LoadBalancerIngress]
            LimitRangeItem: type!#1 string; max#2 {quantity}; min#3 {quantity}; default#4 {quantity};
                defaultRequest#5 {quantity}; maxLimitRequestRatio#6 {quantity}
            ScopeSelector atomic: matchExpressions#1 [ScopedResourceSelectorRequirement]
            PodTemplateSpec: metadata+#1 ObjectMeta; spec+#2 PodSpec
            NodeSelector atomic: nodeSelectorTerms!#1 [NodeSelectorTerm]
            VolumeSource: hostPath#1 HostPathVolumeSource; emptyDir#2 EmptyDirVolumeSource; gcePersistentDisk#3 any;
                awsElasticBlockStore#4 any; gitRepo#5 any; secret#6 SecretVolumeSource; nfs#7 NFSVolumeSource;
                iscsi#8 any; glusterfs#9 any; persistentVolumeClaim#10 PersistentVolumeClaimVolumeSource; rbd#11 any;
                flexVolume#12 any; cinder#13 any; cephfs#14 any; flocker#15 any; downwardAPI#16 DownwardAPIVolumeSource;
                fc#17 any; azureFile#18 any; configMap#19 ConfigMapVolumeSource; vsphereVolume#20 any; quobyte#21 any;
                azureDisk#22 any; photonPersistentDisk#23 any; projected#26 ProjectedVolumeSource;
                portworxVolume#24 any; scaleIO#25 any; storageos#27 any; csi#28 CSIVolumeSource;
                ephemeral#29 EphemeralVolumeSource; image#30 ImageVolumeSource
            ContainerPort: name#1 string; hostPort#2 int32; containerPort!#3 int32; protocol#4 string; hostIP#5 string
            EnvFromSource: prefix#1 string; configMapRef#2 ConfigMapEnvSource; secretRef#3 SecretEnvSource
            EnvVar: name!#1 string; value#2 string; valueFrom#3 EnvVarSource
            ContainerResizePolicy: resourceName!#1 string; restartPolicy!#2 string
            VolumeMount: name!#1 string; readOnly#2 bool; recursiveReadOnly#7 string; mountPath!#3 string;
                subPath#4 string; mountPropagation#5 string; subPathExpr#6 string
            VolumeDevice: name!#1 string; devicePath!#2 string
            Probe: +ProbeHandler#1; initialDelaySeconds#2 int32; timeoutSeconds#3 int32; periodSeconds#4 int32;
                successThreshold#5 int32; failureThreshold#6 int32; terminationGracePeriodSeconds#7 int64
            Lifecycle: postStart#1 LifecycleHandler; preStop#2 LifecycleHandler; stopSignal#3 string
            SecurityContext: capabilities#1 Capabilities; privileged#2 bool; seLinuxOptions#3 SELinuxOptions;
                windowsOptions#10 WindowsSecurityContextOptions; runAsUser#4 int64; runAsGroup#8 int64;
                runAsNonRoot#5 bool; readOnlyRootFilesystem#6 bool; allowPrivilegeEscalation#7 bool; procMount#9 string;
                seccompProfile#11 SeccompProfile; appArmorProfile#12 AppArmorProfile
            EphemeralContainerCommon: name!#1 string; image#2 string; command#3 [string]; args#4 [string];
                workingDir#5 string; ports#6 [ContainerPort] merge=containerPort keys=containerPort,protocol;
                envFrom#19 [EnvFromSource]; env#7 [EnvVar] merge=name keys=name; resources+#8 ResourceRequirements;
                resizePolicy#23 [ContainerResizePolicy]; restartPolicy#24 string;
                volumeMounts#9 [VolumeMount] merge=mountPath keys=mountPath;
                volumeDevices#21 [VolumeDevice] merge=devicePath keys=devicePath; livenessProbe#10 Probe;
                readinessProbe#11 Probe; startupProbe#22 Probe; lifecycle#12 Lifecycle;
                terminationMessagePath#13 string; terminationMessagePolicy#20 string; imagePullPolicy#14 string;
                securityContext#15 SecurityContext; stdin#16 bool; stdinOnce#17 bool; tty#18 bool
            SELinuxOptions: user#1 string; role#2 string; type#3 string; level#4 string
            WindowsSecurityContextOptions: gmsaCredentialSpecName#1 string; gmsaCredentialSpec#2 string;
                runAsUserName#3 string; hostProcess#4 bool
            Sysctl: name!#1 string; value!#2 string
            SeccompProfile: type!#1 string; localhostProfile#2 string
            AppArmorProfile: type!#1 string; localhostProfile#2 string
            NodeAffinity: requiredDuringSchedulingIgnoredDuringExecution#1 NodeSelector;
                preferredDuringSchedulingIgnoredDuringExecution#2 [PreferredSchedulingTerm]
            PodAffinity: requiredDuringSchedulingIgnoredDuringExecution#1 [PodAffinityTerm];
                preferredDuringSchedulingIgnoredDuringExecution#2 [WeightedPodAffinityTerm]
            PodAntiAffinity: requiredDuringSchedulingIgnoredDuringExecution#1 [PodAffinityTerm];
                preferredDuringSchedulingIgnoredDuringExecution#2 [WeightedPodAffinityTerm]
            PodDNSConfigOption: name#1 string; value#2 string
            ContainerResourceClaim: name!#1 string; request#2 string
            ContainerState: waiting#1 ContainerStateWaiting; running#2 ContainerStateRunning;
                terminated#3 ContainerStateTerminated
            VolumeMountStatus: name!#1 string; mountPath!#2 string; readOnly#3 bool; recursiveReadOnly#4 string
            ContainerUser: linux#1 LinuxContainerUser
            ResourceStatus: name!#1 string; resources#2 [ResourceHealth]
            DaemonEndpoint: Port!#1 int32
            NodeSwapStatus: capacity#1 int64
            NodeRuntimeHandlerFeatures: recursiveReadOnlyMounts#1 bool; userNamespaces#2 bool
            ClientIPConfig: timeoutSeconds#1 int32
            LoadBalancerIngress: ip#1 string; hostname#2 string; ipMode#3 string; ports#4 [PortStatus]
            ScopedResourceSelectorRequirement atomic: scopeName!#1 string; operator!#2 string; values#3 [string]
            NodeSelectorTerm atomic: matchExpressions#1 [NodeSelectorRequirement];
                matchFields#2 [NodeSelectorRequirement]
            HostPathVolumeSource: path!#1 string; type#2 string
            EmptyDirVolumeSource: medium#1 string; sizeLimit#2 quantity
            SecretVolumeSource: secretName#1 string; items#2 [KeyToPath]; defaultMode#3 int32; optional#4 bool
            NFSVolumeSource: server!#1 string; path!#2 string; readOnly#3 bool
            PersistentVolumeClaimVolumeSource: claimName!#1 string; readOnly#2 bool
            DownwardAPIVolumeSource: items#1 [DownwardAPIVolumeFile]; defaultMode#2 int32
            ConfigMapVolumeSource: +LocalObjectReference#1; items#2 [KeyToPath]; defaultMode#3 int32; optional#4 bool
            ProjectedVolumeSource: sources!#1 [VolumeProjection]; defaultMode#2 int32
            CSIVolumeSource: driver!#1 string; readOnly#2 bool; fsType#3 string; volumeAttributes#4 {string};
                nodePublishSecretRef#5 LocalObjectReference
            EphemeralVolumeSource: volumeClaimTemplate#1 any
            ImageVolumeSource: reference#1 string; pullPolicy#2 string
            ConfigMapEnvSource: +LocalObjectReference#1; optional#2 bool
            SecretEnvSource: +LocalObjectReference#1; optional#2 bool
            EnvVarSource: fieldRef#1 ObjectFieldSelector; resourceFieldRef#2 ResourceFieldSelector;
                configMapKeyRef#3 ConfigMapKeySelector; secretKeyRef#4 SecretKeySelector
            ProbeHandler: exec#1 ExecAction; httpGet#2 HTTPGetAction; tcpSocket#3 TCPSocketAction; grpc#4 GRPCAction
            LifecycleHandler: exec#1 ExecAction; httpGet#2 HTTPGetAction; tcpSocket#3 TCPSocketAction;
                sleep#4 SleepAction
            Capabilities: add#1 [string]; drop#2 [string]
            PreferredSchedulingTerm: weight!#1 int32; preference!#2 NodeSelectorTerm
            PodAffinityTerm: labelSelector#1 LabelSelector; namespaces#2 [string]; topologyKey!#3 string;
                namespaceSelector#4 LabelSelector; matchLabelKeys#5 [string]; mismatchLabelKeys#6 [string]
            WeightedPodAffinityTerm: weight!#1 int32; podAffinityTerm!#2 PodAffinityTerm
            ContainerStateWaiting: reason#1 string; message#2 string
            ContainerStateRunning: startedAt+#1 time
            ContainerStateTerminated: exitCode!#1 int32; signal#2 int32; reason#3 string; message#4 string;
                startedAt+#5 time; finishedAt+#6 time; containerID#7 string
            LinuxContainerUser: uid!#1 int64; gid!#2 int64; supplementalGroups#3 [int64]
            ResourceHealth: resourceID!#1 string; health#2 string
            PortStatus: port!#1 int32; protocol!#2 string; error#3 string
            NodeSelectorRequirement: key!#1 string; operator!#2 string; values#3 [string]
            KeyToPath: key!#1 string; path!#2 string; mode#3 int32
            DownwardAPIVolumeFile: path!#1 string; fieldRef#2 ObjectFieldSelector;
                resourceFieldRef#3 ResourceFieldSelector; mode#4 int32
            VolumeProjection: secret#1 SecretProjection; downwardAPI#2 DownwardAPIProjection;
                configMap#3 ConfigMapProjection; serviceAccountToken#4 ServiceAccountTokenProjection;
                clusterTrustBundle#5 ClusterTrustBundleProjection
            ObjectFieldSelector atomic: apiVersion#1 string; fieldPath!#2 string
            ResourceFieldSelector atomic: containerName#1 string; resource!#2 string; divisor#3 quantity
            ConfigMapKeySelector atomic: +LocalObjectReference#1; key!#2 string; optional#3 bool
            SecretKeySelector atomic: +LocalObjectReference#1; key!#2 string; optional#3 bool
            ExecAction: command#1 [string]
            HTTPGetAction: path#1 string; port!#2 intorstring; host#3 string; scheme#4 string;
                httpHeaders#5 [HTTPHeader]
            TCPSocketAction: port!#1 intorstring; host#2 string
            GRPCAction: port!#1 int32; service!#2 string
            SleepAction: seconds!#1 int64
            SecretProjection: +LocalObjectReference#1; items#2 [KeyToPath]; optional#4 bool
            DownwardAPIProjection: items#1 [DownwardAPIVolumeFile]
            ConfigMapProjection: +LocalObjectReference#1; items#2 [KeyToPath]; optional#4 bool
            ServiceAccountTokenProjection: audience#1 string; expirationSeconds#2 int64; path!#3 string
            ClusterTrustBundleProjection: name#1 string; signerName#2 string; labelSelector#3 LabelSelector;
                optional#5 bool; path!#4 string
            HTTPHeader: name!#1 string; value!#2 string
            """)
}
