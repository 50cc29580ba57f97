package tracker

import "time"

// A silent ship is guessed after five seconds, and the guess is marked as one.
func Estimated(last, now time.Time) bool {
	return now.Sub(last) > 5*time.Second
}
