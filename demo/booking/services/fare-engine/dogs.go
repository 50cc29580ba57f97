package fares

// Cents for all dogs of one booking. The second dog sails free; see docs/how-it-works/fares.md.
func DogSurcharge(dogs int) int {
	if dogs == 0 {
		return 0
	}
	return 300
}
