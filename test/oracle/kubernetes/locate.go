package main

import (
	"encoding/json"
	"sort"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
)

// locate finds every value that cannot be decoded: a decoder stops at the first, and does not always say where. Each value
// is decoded alone, in an object that has nothing else.
func locate(sent []byte, decode func([]byte) error) []Cause {
	var object map[string]any
	if err := json.Unmarshal(sent, &object); err != nil {
		return nil
	}
	head := map[string]any{"apiVersion": object["apiVersion"], "kind": object["kind"]}
	var causes []Cause
	for _, key := range sortedKeys(object) {
		if key == "apiVersion" || key == "kind" {
			continue
		}
		at := place{within: func(value any) any {
			return map[string]any{"apiVersion": head["apiVersion"], "kind": head["kind"], key: value}
		}, path: field.NewPath(key)}
		causes = append(causes, at.search(object[key], decode)...)
	}
	return causes
}

// place is where a value lies, and how to make an object that holds a value there and nothing else.
type place struct {
	within func(any) any
	path   *field.Path
}

func (p place) search(value any, decode func([]byte) error) []Cause {
	var causes []Cause
	switch typed := value.(type) {
	case map[string]any:
		if cause := p.try(map[string]any{}, decode); cause != nil {
			return []Cause{*cause}
		}
		for _, key := range sortedKeys(typed) {
			causes = append(causes, p.member(key).search(typed[key], decode)...)
		}
	case []any:
		if cause := p.try([]any{}, decode); cause != nil {
			return []Cause{*cause}
		}
		for index := range typed {
			item := place{path: p.path.Index(index), within: func(value any) any { return p.within([]any{value}) }}
			causes = append(causes, item.search(typed[index], decode)...)
		}
	default:
		if cause := p.try(value, decode); cause != nil {
			return []Cause{*cause}
		}
	}
	return causes
}

func (p place) member(key string) place {
	path := p.path.Child(key)
	if strings.ContainsAny(key, "./[") {
		path = p.path.Key(key)
	}
	return place{path: path, within: func(value any) any { return p.within(map[string]any{key: value}) }}
}

func (p place) try(value any, decode func([]byte) error) *Cause {
	text, err := json.Marshal(p.within(value))
	if err != nil {
		return nil
	}
	if err = decode(text); err == nil {
		return nil
	}
	return &Cause{Type: "Decode", Field: p.path.String(), Message: err.Error()}
}

func sortedKeys(object map[string]any) []string {
	keys := make([]string, 0, len(object))
	for key := range object {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
