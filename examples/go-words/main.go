// Command bootstrap counts the words of a text.
package main

import (
	"context"
	"errors"
	"sort"
	"strings"
	"unicode"

	"github.com/aws/aws-lambda-go/lambda"
)

type request struct {
	Text string `json:"text"`
	Top  int    `json:"top"`
}

type word struct {
	Word  string `json:"word"`
	Count int    `json:"count"`
}

type response struct {
	Words    int    `json:"words"`
	Distinct int    `json:"distinct"`
	Top      []word `json:"top"`
}

func handle(_ context.Context, r request) (response, error) {
	if r.Top < 0 {
		return response{}, errors.New("'top' must not be negative")
	}
	fields := strings.FieldsFunc(strings.ToLower(r.Text), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '\''
	})
	counts := map[string]int{}
	for _, field := range fields {
		counts[field]++
	}
	top := make([]word, 0, len(counts))
	for text, count := range counts {
		top = append(top, word{text, count})
	}
	sort.Slice(top, func(i, j int) bool {
		if top[i].Count != top[j].Count {
			return top[i].Count > top[j].Count
		}
		return top[i].Word < top[j].Word
	})
	return response{len(fields), len(counts), top[:min(r.Top, len(top))]}, nil
}

func main() {
	lambda.Start(handle)
}
