package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// judgeStream splits a text as kubectl does and judges every object in it.
func judgeStream(text []byte) []Verdict {
	documents, err := split(text)
	verdicts := []Verdict{}
	for index, document := range documents {
		for _, verdict := range judgeDocument(document) {
			verdict.Document = index
			verdicts = append(verdicts, verdict)
		}
	}
	if err != nil {
		verdicts = append(verdicts, refused("syntax", err, len(documents)))
	}
	return verdicts
}

// split gives JSON values one after the other, or YAML documents between lines of three dashes.
func split(text []byte) ([][]byte, error) {
	if utilyaml.IsJSONBuffer(text) {
		if values, err := splitJSON(text); err == nil {
			return values, nil
		}
	}
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	var documents [][]byte
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return documents, nil
		}
		if err != nil {
			return documents, err
		}
		documents = append(documents, document)
	}
}

func splitJSON(text []byte) ([][]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	var values [][]byte
	for {
		var value json.RawMessage
		err := decoder.Decode(&value)
		if errors.Is(err, io.EOF) {
			return values, nil
		}
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
}

// judgeDocument passes over empty documents, takes lists apart, and brings each object into the form that is sent.
func judgeDocument(text []byte) []Verdict {
	sent, err := toJSON(text)
	if err != nil {
		return []Verdict{refused("syntax", err, 0)}
	}
	if trimmed := strings.TrimSpace(string(sent)); trimmed == "null" || trimmed == "" {
		return nil
	}
	obj, _, err := unstructured.UnstructuredJSONScheme.Decode(sent, nil, nil)
	if err != nil {
		return []Verdict{refused("decode", err, 0)}
	}
	switch object := obj.(type) {
	case *unstructured.UnstructuredList:
		verdicts := []Verdict{}
		for index := range object.Items {
			verdict := judgeObject(&object.Items[index])
			verdict.Item = index
			verdicts = append(verdicts, verdict)
		}
		return verdicts
	case *unstructured.Unstructured:
		verdict := judgeObject(object)
		verdict.Item = -1
		return []Verdict{verdict}
	}
	return []Verdict{refused("decode", fmt.Errorf("neither object nor list: %T", obj), 0)}
}

// toJSON gives what kubectl reads: of equal keys the last, so that the API server never hears of the others (RUN 1.32).
func toJSON(text []byte) ([]byte, error) {
	if utilyaml.IsJSONBuffer(text) && json.Valid(text) {
		return text, nil
	}
	return yaml.YAMLToJSON(text)
}

func judgeObject(object *unstructured.Unstructured) (verdict Verdict) {
	defer func() {
		if fault := recover(); fault != nil {
			verdict = refused("panic", fmt.Errorf("%v", fault), 0)
		}
	}()
	kind := object.GroupVersionKind()
	sent, err := object.MarshalJSON()
	if err != nil {
		return refused("decode", err, 0)
	}
	verdict = judgeSent(kind, sent)
	verdict.Kind = kind.Kind
	return verdict
}

func judgeSent(kind schema.GroupVersionKind, sent []byte) Verdict {
	if served[kind] != nil {
		return judgeBuiltIn(kind, sent)
	}
	if definition := defined[kind]; definition != nil {
		return judgeCustom(definition, sent)
	}
	return refused("unserved", fmt.Errorf("not served: %s", kind), 0)
}

func refused(stage string, err error, document int) Verdict {
	return Verdict{Document: document, Item: -1, Stage: stage, Errors: []Cause{{Message: err.Error()}}}
}

// withStrict adds what strict decoding minds; the rest is judged as for a client that does not ask for it.
func withStrict(verdict Verdict, messages []string) Verdict {
	if len(messages) == 0 {
		return verdict
	}
	causes := make([]Cause, 0, len(messages))
	for _, message := range messages {
		causes = append(causes, Cause{Type: "Strict", Field: quoted(message), Message: message})
	}
	verdict.Errors = append(causes, verdict.Errors...)
	if verdict.Stage == "ok" {
		verdict.Stage = "strict"
	}
	return verdict
}

// strictMessages gives what an error of strict decoding lists, and whether it is one.
func strictMessages(err error) ([]string, bool) {
	strict, isStrict := runtime.AsStrictDecodingError(err)
	if !isStrict {
		return nil, false
	}
	var messages []string
	for _, one := range strict.Errors() {
		messages = append(messages, one.Error())
	}
	return messages, true
}

// quoted gives the field that a message like `unknown field "spec.x"` names.
func quoted(message string) string {
	_, after, found := strings.Cut(message, " field \"")
	if !found {
		return ""
	}
	return strings.TrimSuffix(after, "\"")
}
