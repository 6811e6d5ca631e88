package main

import (
	"context"
	"errors"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/storage/install"
	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/replicaset"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/core/limitrange"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolume"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/core/podtemplate"
	"k8s.io/kubernetes/pkg/registry/core/replicationcontroller"
	"k8s.io/kubernetes/pkg/registry/core/resourcequota"
	"k8s.io/kubernetes/pkg/registry/storage/csidriver"
	"k8s.io/kubernetes/pkg/registry/storage/csinode"
	"k8s.io/kubernetes/pkg/registry/storage/csistoragecapacity"
	"k8s.io/kubernetes/pkg/registry/storage/storageclass"
	"k8s.io/kubernetes/pkg/registry/storage/volumeattachment"
	"k8s.io/kubernetes/pkg/registry/storage/volumeattributesclass"
)

// served holds the strategy of every kind and version that is served with the default settings.
var served = map[schema.GroupVersionKind]rest.RESTCreateStrategy{
	{Version: "v1", Kind: "PersistentVolume"}:                               persistentvolume.Strategy,
	{Version: "v1", Kind: "PersistentVolumeClaim"}:                          persistentvolumeclaim.Strategy,
	{Version: "v1", Kind: "Pod"}:                                            pod.Strategy,
	{Version: "v1", Kind: "PodTemplate"}:                                    podtemplate.Strategy,
	{Version: "v1", Kind: "ReplicationController"}:                          replicationcontroller.Strategy,
	{Version: "v1", Kind: "LimitRange"}:                                     limitrange.Strategy,
	{Version: "v1", Kind: "ResourceQuota"}:                                  resourcequota.Strategy,
	{Group: "apps", Version: "v1", Kind: "Deployment"}:                      deployment.Strategy,
	{Group: "apps", Version: "v1", Kind: "DaemonSet"}:                       daemonset.Strategy,
	{Group: "apps", Version: "v1", Kind: "ReplicaSet"}:                      replicaset.Strategy,
	{Group: "apps", Version: "v1", Kind: "StatefulSet"}:                     statefulset.Strategy,
	{Group: "batch", Version: "v1", Kind: "Job"}:                            job.Strategy,
	{Group: "batch", Version: "v1", Kind: "CronJob"}:                        cronjob.Strategy,
	{Group: "storage.k8s.io", Version: "v1", Kind: "StorageClass"}:          storageclass.Strategy,
	{Group: "storage.k8s.io", Version: "v1", Kind: "CSIDriver"}:             csidriver.Strategy,
	{Group: "storage.k8s.io", Version: "v1", Kind: "CSINode"}:               csinode.Strategy,
	{Group: "storage.k8s.io", Version: "v1", Kind: "CSIStorageCapacity"}:    csistoragecapacity.Strategy,
	{Group: "storage.k8s.io", Version: "v1", Kind: "VolumeAttachment"}:      volumeattachment.Strategy,
	{Group: "storage.k8s.io", Version: "v1", Kind: "VolumeAttributesClass"}: volumeattributesclass.Strategy,
}

var strictJSON = json.NewSerializerWithOptions(
	json.DefaultMetaFactory, legacyscheme.Scheme, legacyscheme.Scheme, json.SerializerOptions{Strict: true})

func judgeBuiltIn(kind schema.GroupVersionKind, sent []byte) Verdict {
	object, messages, err := decodeBuiltIn(sent)
	if err != nil {
		return undecoded(err, sent, func(text []byte) error {
			_, _, err := decodeBuiltIn(text)
			return err
		})
	}
	legacyscheme.Scheme.Default(object)
	internal, err := legacyscheme.Scheme.ConvertToVersion(object, runtime.InternalGroupVersioner)
	if err != nil {
		return withStrict(refused("decode", err, 0), messages)
	}
	return withStrict(create(served[kind], kind, internal), messages)
}

// decodeBuiltIn gives what strict decoding minds apart from what cannot be decoded at all.
func decodeBuiltIn(sent []byte) (runtime.Object, []string, error) {
	object, _, err := strictJSON.Decode(sent, nil, nil)
	messages, isStrict := strictMessages(err)
	if isStrict && object != nil {
		err = nil
	}
	return object, messages, err
}

// undecoded is the verdict where decoding failed, with every place that would make it fail alone.
func undecoded(err error, sent []byte, decode func([]byte) error) Verdict {
	verdict := refused("decode", err, 0)
	if found := locate(sent, decode); len(found) > 0 {
		verdict.Errors = found
	}
	return verdict
}

// create does what the API server's create handler and store do before anything is stored.
func create(strategy rest.RESTCreateStrategy, kind schema.GroupVersionKind, object runtime.Object) Verdict {
	metadata, err := meta.Accessor(object)
	if err != nil {
		return refused("decode", err, 0)
	}
	namespace := ""
	if strategy.NamespaceScoped() {
		namespace = metadata.GetNamespace()
		if namespace == "" {
			namespace = "default"
		}
	}
	rest.WipeObjectMetaSystemFields(metadata)
	expected := rest.ExpectedNamespaceForScope(namespace, strategy.NamespaceScoped())
	if err := rest.EnsureObjectNamespaceMatchesRequestNamespace(expected, metadata); err != nil {
		return refused("validate", err, 0)
	}
	admit(object)
	rest.FillObjectMetaSystemFields(metadata)
	if metadata.GetGenerateName() != "" && metadata.GetName() == "" {
		metadata.SetName(strategy.GenerateName(metadata.GetGenerateName()))
	}
	said := &recorder{}
	ctx := warning.WithWarningRecorder(context.Background(), said)
	ctx = request.WithNamespace(ctx, namespace)
	ctx = request.WithRequestInfo(ctx, &request.RequestInfo{
		IsResourceRequest: true, Verb: "create", APIGroup: kind.Group, APIVersion: kind.Version, Namespace: namespace})
	if err := rest.BeforeCreate(strategy, ctx, object); err != nil {
		return Verdict{Item: -1, Stage: "validate", Errors: causes(err), Warnings: said.warnings}
	}
	return Verdict{Item: -1, Stage: "ok", Warnings: said.warnings}
}

// admit does the one thing of the default admission plug-ins that validation asks for: ServiceAccount names an account.
func admit(object runtime.Object) {
	if pod, isPod := object.(*core.Pod); isPod && pod.Spec.ServiceAccountName == "" {
		pod.Spec.ServiceAccountName = "default"
		pod.Spec.DeprecatedServiceAccount = "default"
	}
}

type recorder struct{ warnings []string }

// AddWarning keeps the text of a warning.
func (r *recorder) AddWarning(_, text string) { r.warnings = append(r.warnings, text) }

func causes(err error) []Cause {
	var status *apierrors.StatusError
	if !errors.As(err, &status) || status.ErrStatus.Details == nil || len(status.ErrStatus.Details.Causes) == 0 {
		return []Cause{{Message: err.Error()}}
	}
	var found []Cause
	for _, one := range status.ErrStatus.Details.Causes {
		found = append(found, Cause{Type: string(one.Type), Field: one.Field, Message: one.Message})
	}
	return found
}
