module brightness

go 1.19
