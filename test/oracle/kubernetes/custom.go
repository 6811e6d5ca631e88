package main

import (
	"os"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiextensions-apiserver/pkg/crdserverscheme"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/registry/rest"
	"sigs.k8s.io/yaml"
)

// definition is a served version of a custom kind.
type definition struct {
	kind     schema.GroupVersionKind
	schema   *structuralschema.Structural
	strategy rest.RESTCreateStrategy
}

var defined = map[schema.GroupVersionKind]*definition{}

// loadDefinition reads a CustomResourceDefinition and makes what the API server makes of each version it serves.
func loadDefinition(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var crd apiextensionsv1.CustomResourceDefinition
	if err := yaml.Unmarshal(text, &crd); err != nil {
		return err
	}
	for _, version := range crd.Spec.Versions {
		if !version.Served || crd.Kind != "CustomResourceDefinition" {
			continue
		}
		kind := schema.GroupVersionKind{Group: crd.Spec.Group, Version: version.Name, Kind: crd.Spec.Names.Kind}
		if defined[kind], err = define(kind, crd.Spec.Scope == apiextensionsv1.NamespaceScoped, version); err != nil {
			return err
		}
	}
	return nil
}

func define(kind schema.GroupVersionKind, namespaced bool, version apiextensionsv1.CustomResourceDefinitionVersion) (*definition, error) {
	internal := &apiextensions.CustomResourceValidation{}
	err := apiextensionsv1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(version.Schema, internal, nil)
	if err != nil {
		return nil, err
	}
	structural, err := structuralschema.NewStructural(internal.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	validator, _, err := validation.NewSchemaValidator(internal.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	status := &apiextensions.CustomResourceSubresourceStatus{}
	if version.Subresources == nil || version.Subresources.Status == nil {
		status = nil
	}
	strategy := customresource.NewStrategy(
		crdserverscheme.NewUnstructuredObjectTyper(), namespaced, kind, validator, nil, structural, status, nil, nil)
	return &definition{kind, structural, strategy}, nil
}

// judgeCustom goes the way of every create.
func judgeCustom(of *definition, sent []byte) Verdict {
	object, messages, err := of.decode(sent)
	if err != nil {
		return undecoded(err, sent, func(text []byte) error {
			_, _, err := of.decode(text)
			return err
		})
	}
	return withStrict(create(of.strategy, of.kind, object), messages)
}

// decode decodes, prunes and defaults as the API server's handler of custom resources does.
func (of *definition) decode(sent []byte) (*unstructured.Unstructured, []string, error) {
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(sent); err != nil {
		return nil, nil, err
	}
	metadata, found, unknown, err := objectmeta.GetObjectMetaWithOptions(
		object.Object, objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true})
	if err != nil {
		return nil, nil, err
	}
	options := structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	unknown = append(unknown, pruning.PruneWithOptions(object.Object, of.schema, true, options)...)
	defaulting.PruneNonNullableNullsWithoutDefaults(object.Object, of.schema)
	fault, paths := objectmeta.CoerceWithOptions(
		nil, object.Object, of.schema, false, objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true})
	if fault != nil {
		return nil, nil, fault
	}
	if found {
		if err := objectmeta.SetObjectMeta(object.Object, metadata); err != nil {
			return nil, nil, err
		}
	}
	object.SetGroupVersionKind(of.kind)
	defaulting.Default(object.Object, of.schema)
	unknown = append(unknown, paths...)
	messages := make([]string, 0, len(unknown))
	for _, path := range unknown {
		messages = append(messages, `unknown field "`+path+`"`)
	}
	return object, messages, nil
}
