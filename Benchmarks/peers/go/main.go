// The workloads on Go's net/http and encoding/json, as a Go programmer would write them.
package main

import (
	"encoding/json"
	"math"
	"net/http"
	"os"
)

type request struct {
	Input json.RawMessage `json:"input"`
}

func sigmoid(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + math.Exp(-x))
	}
	e := math.Exp(x)
	return e / (1 + e)
}

func forward(w http.ResponseWriter, r *http.Request) {
	var in request
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, err.Error(), 400)
		return
	}
	var output any
	var x float64
	if json.Unmarshal(in.Input, &x) == nil {
		output = sigmoid(x)
	} else {
		var v []float64
		if err := json.Unmarshal(in.Input, &v); err != nil {
			http.Error(w, err.Error(), 422)
			return
		}
		for i := range v {
			v[i] = sigmoid(v[i])
		}
		output = v
	}
	answer(w, output)
}

func jacobian(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Input []float64 `json:"input"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, err.Error(), 400)
		return
	}
	s, largest, sum := in.Input, math.Inf(-1), 0.0
	for _, x := range s {
		largest = math.Max(largest, x)
	}
	for i := range s {
		s[i] = math.Exp(s[i] - largest)
		sum += s[i]
	}
	for i := range s {
		s[i] /= sum
	}
	rows := make([][]float64, len(s))
	for i := range s {
		rows[i] = make([]float64, len(s))
		for j := range s {
			rows[i][j] = -s[i] * s[j]
		}
		rows[i][i] = s[i] * (1 - s[i])
	}
	answer(w, rows)
}

func answer(w http.ResponseWriter, output any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{"output": output})
}

func main() {
	http.HandleFunc("/v1/sigmoid/forward", forward)
	http.HandleFunc("/v1/softmax/jacobian", jacobian)
	http.ListenAndServe("127.0.0.1:"+os.Args[1], nil)
}
