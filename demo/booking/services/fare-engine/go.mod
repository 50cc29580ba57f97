module git.example.com/skerry-line/booking/fare-engine

go 1.24
