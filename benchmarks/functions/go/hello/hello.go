// Package hello is the trivial handler that every target of the warm-invoke benchmark runs.
package hello

import "context"

// Event is what the caller sends.
type Event struct {
	Name string `json:"name"`
}

// Answer is what the caller gets.
type Answer struct {
	Message string `json:"message"`
}

// Handle greets. It does as little as a handler can, so that what is measured is the platform.
func Handle(_ context.Context, event Event) (Answer, error) {
	return Answer{Message: "Hello " + event.Name}, nil
}
