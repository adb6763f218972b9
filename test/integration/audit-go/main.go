// SPDX-License-Identifier: Apache-2.0

// Verifies an exported audit log with golang.org/x/mod/sumdb only: note for signatures, tlog for the tree.
// Nothing of Airlock is used. Prints one JSON object; exit 0 when everything verifies, 1 with the reason when not.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type head struct {
	size int64
	hash tlog.Hash
}

// storedHashes keeps every hash of the tree by its storage index.
type storedHashes []tlog.Hash

func (s storedHashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		if x < 0 || x >= int64(len(s)) {
			return nil, fmt.Errorf("no hash %d", x)
		}
		out[i] = s[x]
	}
	return out, nil
}

func openHead(raw []byte, verifiers note.Verifiers) (head, error) {
	opened, err := note.Open(raw, verifiers)
	if err != nil {
		return head{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != opened.Sigs[0].Name {
		return head{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return head{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return head{size, hash}, err
}

func readEntries(path string) ([][]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var leaves [][]byte
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, 1<<20), 1<<20)
	for lines.Scan() {
		var entry struct{ Leaf []byte }
		if err := json.Unmarshal(lines.Bytes(), &entry); err != nil {
			return nil, err
		}
		var object map[string]any
		if err := json.Unmarshal(entry.Leaf, &object); err != nil {
			return nil, fmt.Errorf("entry %d is not JSON: %w", len(leaves), err)
		}
		if object["seq"] != float64(len(leaves)) {
			return nil, fmt.Errorf("entry %d has seq %v", len(leaves), object["seq"])
		}
		leaves = append(leaves, entry.Leaf)
	}
	return leaves, lines.Err()
}

// checkProof reads a C2SP tlog-proof and checks the leaf that it names.
func checkProof(path string, leaves [][]byte, verifiers note.Verifiers) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	top, rest, _ := bytes.Cut(raw, []byte("\n\n"))
	lines := strings.Split(string(top), "\n")
	if len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return errors.New("not a proof")
	}
	index, err := strconv.ParseInt(lines[1][len("index "):], 10, 64)
	if err != nil || index >= int64(len(leaves)) {
		return fmt.Errorf("index %s", lines[1])
	}
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(hash) != tlog.HashSize {
			return fmt.Errorf("hash %q", line)
		}
		proof = append(proof, *(*tlog.Hash)(hash))
	}
	tree, err := openHead(rest, verifiers)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.size, tree.hash, index, tlog.RecordHash(leaves[index]))
}

func verify(folder string) (map[string]any, error) {
	vkey, err := os.ReadFile(filepath.Join(folder, "log.vkey"))
	if err != nil {
		return nil, err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	if err != nil {
		return nil, err
	}
	verifiers := note.VerifierList(verifier)
	raw, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return nil, err
	}
	tree, err := openHead(raw, verifiers)
	if err != nil {
		return nil, fmt.Errorf("checkpoint: %w", err)
	}
	leaves, err := readEntries(filepath.Join(folder, "entries.jsonl"))
	if err != nil {
		return nil, err
	}
	if int64(len(leaves)) != tree.size {
		return nil, fmt.Errorf("%d entries, the checkpoint says %d", len(leaves), tree.size)
	}
	var stored storedHashes
	for n, leaf := range leaves {
		hashes, err := tlog.StoredHashes(int64(n), leaf, stored)
		if err != nil {
			return nil, err
		}
		stored = append(stored, hashes...)
	}
	root, err := tlog.TreeHash(tree.size, stored)
	if err != nil {
		return nil, err
	}
	if root != tree.hash {
		return nil, errors.New("root is not the signed one")
	}
	anchors, _ := filepath.Glob(filepath.Join(folder, "anchors", "*.note"))
	for _, path := range anchors {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		old, err := openHead(raw, verifiers)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		proof, err := tlog.ProveTree(tree.size, old.size, stored)
		if err != nil {
			return nil, err
		}
		if err := tlog.CheckTree(proof, tree.size, tree.hash, old.size, old.hash); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	proofs, _ := filepath.Glob(filepath.Join(folder, "*.tlog-proof"))
	for _, path := range proofs {
		if err := checkProof(path, leaves, verifiers); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return map[string]any{"size": tree.size, "root": fmt.Sprintf("%x", root[:]), "anchors": len(anchors), "proofs": len(proofs)}, nil
}

func main() {
	result, err := verify(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(result)
}
