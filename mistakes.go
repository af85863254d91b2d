package main

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// mistakes gathers what is wrong with one file, each with its line, so that all
// of it can be mended in one go.
type mistakes struct {
	file string
	tree *ast.File
	list []mistake
	cut  []string // fields that could not be decoded: nothing more is said of them
}

type mistake struct {
	line int
	text string
}

// add notes a mistake at a field such as "sources[2].lifetime".
func (m *mistakes) add(field, value, what string) {
	for _, c := range m.cut {
		if rest, ok := strings.CutPrefix(field, c); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return
		}
	}
	m.addAt(m.line(field), field, value, what)
}

func (m *mistakes) addAt(line int, field, value, what string) {
	shown := ""
	if value != "" {
		shown = " " + strconv.Quote(value)
	}
	m.list = append(m.list, mistake{line, fmt.Sprintf("%s:%d: %s:%s %s", m.file, line, field, shown, what)})
}

// err is all mistakes in the order of their lines, nil when there is none.
func (m *mistakes) err() error {
	if len(m.list) == 0 {
		return nil
	}
	slices.SortStableFunc(m.list, func(a, b mistake) int { return cmp.Compare(a.line, b.line) })
	var lines []string
	for _, x := range m.list {
		lines = append(lines, x.text)
	}
	return &usageError{text: strings.Join(lines, "\n")}
}

// line finds the field, or the nearest thing around it that is there.
func (m *mistakes) line(field string) int {
	for f := field; f != ""; {
		if p, err := yaml.PathString("$." + f); err == nil {
			if n, err := p.FilterFile(m.tree); err == nil && n != nil {
				return n.GetToken().Position.Line
			}
		}
		cut := strings.LastIndexAny(f, ".[")
		if cut < 0 {
			break
		}
		f = f[:cut]
	}
	return 1
}

// decode reads the file into f. A key that f does not have, that stands there
// twice, or whose value is of the wrong type is noted and taken out of the tree,
// and the rest is decoded again: the decoder itself stops at the first. An error
// is returned only for a file that is no YAML.
func (m *mistakes) decode(b []byte, f any) error {
	tree, err := parser.ParseBytes(b, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return m.syntax(err)
	}
	m.tree = tree
	if len(tree.Docs) > 1 && tree.Docs[1].Body != nil {
		m.addAt(tree.Docs[1].Body.GetToken().Position.Line, "---", "", "a second document begins here, which is not read; take the line of hyphens out")
	}
	if len(tree.Docs) == 0 || tree.Docs[0].Body == nil {
		return nil
	}
	root := tree.Docs[0].Body
	m.twice(root, "")
	for {
		err := yaml.NewDecoder(strings.NewReader(""), yaml.Strict()).DecodeFromNode(root, f)
		if err == nil {
			return nil
		}
		var at yaml.Error
		if !errors.As(err, &at) || at.GetToken() == nil || !m.takeOut(root, "", at, reflect.TypeOf(f).Elem()) {
			return m.syntax(err)
		}
	}
}

// twice notes keys that stand twice in one group, and takes the later ones out.
func (m *mistakes) twice(n ast.Node, path string) {
	switch n := n.(type) {
	case *ast.MappingNode:
		first := map[string]int{}
		n.Values = slices.DeleteFunc(n.Values, func(v *ast.MappingValueNode) bool {
			key, line := v.Key.GetToken().Value, v.Key.GetToken().Position.Line
			field := strings.TrimPrefix(path+"."+key, ".")
			if at, ok := first[key]; ok {
				m.addAt(line, field, oneLine(v.Value), fmt.Sprintf("stands here for a second time, after line %d; take one of them out", at))
				return true
			}
			first[key] = line
			m.twice(v.Value, field)
			return false
		})
	case *ast.SequenceNode:
		for i, v := range n.Values {
			m.twice(v, fmt.Sprintf("%s[%d]", path, i))
		}
	}
}

// takeOut notes the decoder's error and takes the smallest key that holds it out
// of the tree; false when none does. goal is the type that n is decoded into.
func (m *mistakes) takeOut(n ast.Node, path string, err yaml.Error, goal reflect.Type) bool {
	switch n := n.(type) {
	case *ast.MappingNode:
		for i, v := range n.Values {
			if !holds(v, err.GetToken()) {
				continue
			}
			key := v.Key.GetToken().Value
			field := strings.TrimPrefix(path+"."+key, ".")
			within, keys := fieldOf(goal, key)
			if m.takeOut(v.Value, field, err, within) {
				return true
			}
			var what string
			switch {
			case within != nil:
				what = "is of the wrong type; the field takes " + plainType(within)
			case keys != nil:
				what = "is no key here" + didYouMean(key, keys) + "; check its spelling and indentation, or take it out"
			default:
				return false // keys of the person's own choice: the fault is the group's
			}
			m.addAt(v.Key.GetToken().Position.Line, field, oneLine(v.Value), what)
			m.cut = append(m.cut, field)
			n.Values = slices.Delete(n.Values, i, i+1)
			return true
		}
	case *ast.SequenceNode:
		if goal == nil || goal.Kind() != reflect.Slice || goal.Elem().Kind() != reflect.Struct {
			return false
		}
		for i, v := range n.Values {
			if !holds(v, err.GetToken()) {
				continue
			}
			field := fmt.Sprintf("%s[%d]", path, i)
			if _, ok := v.(*ast.MappingNode); ok {
				return m.takeOut(v, field, err, goal.Elem())
			}
			m.addAt(v.GetToken().Position.Line, field, oneLine(v), "is of the wrong type; the entry takes "+plainType(goal.Elem()))
			m.cut = append(m.cut, field)
			n.Values[i] = ast.Null(v.GetToken())
			return true
		}
	}
	return false
}

// holds tells whether the token is one of the node's.
func holds(n ast.Node, t *token.Token) bool {
	found := false
	ast.Walk(visitor(func(n ast.Node) {
		at := n.GetToken()
		found = found || at != nil && at.Position.Offset == t.Position.Offset
	}), n)
	return found
}

type visitor func(ast.Node)

func (v visitor) Visit(n ast.Node) ast.Visitor { v(n); return v }

// fieldOf is the type that the key's value has in a group of that type, nil when
// there is no such key, and the keys that there are.
func fieldOf(group reflect.Type, key string) (reflect.Type, []string) {
	var keys []string
	if group == nil || group.Kind() != reflect.Struct {
		return nil, nil
	}
	for i := range group.NumField() {
		name, _, _ := strings.Cut(group.Field(i).Tag.Get("yaml"), ",")
		if name == key {
			return group.Field(i).Type, nil
		}
		keys = append(keys, name)
	}
	return nil, keys
}

// plainType is a type in the words of a person who writes YAML.
func plainType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return plainType(t.Elem())
	case reflect.Slice:
		return "a list"
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Float64:
		return "a number"
	}
	return "a group of keys and values"
}

// oneLine is the value as it stands in the file, its first line.
func oneLine(n ast.Node) string {
	text, _, _ := strings.Cut(strings.TrimSpace(n.String()), "\n")
	return text
}

var errorPlace = regexp.MustCompile(`^\[(\d+):\d+\] `)

// syntax turns the parser's error, a place and a picture of the lines around it,
// into one line of ours.
func (m *mistakes) syntax(err error) error {
	text, _, _ := strings.Cut(err.Error(), "\n")
	line, excerpt := "1", ""
	if at := errorPlace.FindStringSubmatch(text); at != nil {
		line, text = at[1], text[len(at[0]):]
		for _, l := range strings.Split(err.Error(), "\n") {
			if rest, ok := strings.CutPrefix(l, ">"); ok {
				_, excerpt, _ = strings.Cut(rest, "|")
			}
		}
	}
	if excerpt = strings.TrimSpace(excerpt); excerpt != "" {
		excerpt = ": " + strconv.Quote(excerpt)
	}
	return &usageError{text: m.file + ":" + line + excerpt + ": " + text + "; compare with the pipeline.yaml that ships"}
}
