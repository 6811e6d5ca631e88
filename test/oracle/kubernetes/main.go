// Judges manifests with the API server's own code, offline: what kubectl would send, decoded strictly, defaulted, and
// taken through the create strategy of its kind. A manifest's text as one JSON string a line in, one line of verdicts out.
//
// Usage: k8s-oracle FOLDER, where FOLDER holds the snapshot kinds' CustomResourceDefinitions.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"k8s.io/kubernetes/pkg/capabilities"

	_ "github.com/kubernetes-csi/external-snapshotter/client/v8/apis/volumesnapshot/v1"
)

// Cause is one thing that a manifest is refused for.
type Cause struct {
	Type    string `json:"type,omitempty"`
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Verdict is what becomes of one object.
type Verdict struct {
	// Document counts from 0, as the stream is split; Item is the place in a list, -1 outside.
	Document int    `json:"document"`
	Item     int    `json:"item"`
	Kind     string `json:"kind"`
	// Stage is how far it came: syntax, decode, unserved, strict, validate, ok.
	Stage    string   `json:"stage"`
	Errors   []Cause  `json:"errors,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
}

func main() {
	if err := serve(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(folder string) error {
	// As every installer starts the API server; without it privileged containers, and mounts that need them, are refused.
	capabilities.Setup(true, 0)
	paths, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return err
	}
	for _, path := range paths {
		if err := loadDefinition(path); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	out := bufio.NewWriter(os.Stdout)
	for lines.Scan() {
		var text string
		if err := json.Unmarshal(lines.Bytes(), &text); err != nil {
			return err
		}
		answer, err := json.Marshal(judgeStream([]byte(text)))
		if err != nil {
			return err
		}
		if _, err := out.Write(append(answer, '\n')); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
	return lines.Err()
}
