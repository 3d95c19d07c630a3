// Writes TSDB blocks of two days each from a description of series, one JSON object a line, sorted by labels:
//
//	{"labels":{"__name__":"up","job":"a"},"from":0,"to":60000,"every":30000,"kind":"constant","value":1,"seed":7}
//
// Times are milliseconds. kinds: constant; cpu (a counter of `value` cores), memory (a walk around `value` bytes).
// Far faster than promtool on OpenMetrics text: no text, and no write-ahead log. The same input gives the same blocks.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"
	"slices"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/tsdb/chunks"
	"github.com/prometheus/prometheus/tsdb/index"
)

type series struct {
	Labels map[string]string `json:"labels"`
	From   int64             `json:"from"`
	To     int64             `json:"to"`
	Every  int64             `json:"every"`
	Kind   string            `json:"kind"`
	Value  float64           `json:"value"`
	Seed   uint64            `json:"seed"`
}

const blockLength = int64(48 * 3600 * 1000)

// samplesPerChunk is what Prometheus itself aims at.
const samplesPerChunk = 120

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: blocks SERIES-FILE FOLDER")
	}
	all, err := read(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := write(all, os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func read(file string) ([]series, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	var all []series
	for lines.Scan() {
		var one series
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, lines.Err()
}

func write(all []series, folder string) error {
	slices.SortFunc(all, func(a, b series) int { return labels.Compare(labels.FromMap(a.Labels), labels.FromMap(b.Labels)) })
	first, last := int64(math.MaxInt64), int64(0)
	for _, one := range all {
		first, last = min(first, one.From), max(last, one.To)
	}
	var total, at uint64
	for start := first - first%blockLength; start <= last; start += blockLength {
		samples, err := writeBlock(all, start, filepath.Join(folder, id(at)))
		if err != nil {
			return err
		}
		at++
		total += samples
	}
	fmt.Printf("{\"series\":%d,\"samples\":%d}\n", len(all), total)
	return nil
}

// id is a ULID; any that are different do.
func id(at uint64) string { return fmt.Sprintf("01BCKS%020d", at) }

func writeBlock(all []series, start int64, folder string) (uint64, error) {
	chunkWriter, err := chunks.NewWriter(filepath.Join(folder, "chunks"))
	if err != nil {
		return 0, err
	}
	indexWriter, err := index.NewWriter(context.Background(), filepath.Join(folder, "index"))
	if err != nil {
		return 0, err
	}
	if err := addSymbols(indexWriter, all); err != nil {
		return 0, err
	}
	var samples, chunkCount, ref uint64
	for _, one := range all {
		metas, count := chunksOf(one, start, start+blockLength)
		if count == 0 {
			continue
		}
		if err := chunkWriter.WriteChunks(metas...); err != nil {
			return 0, err
		}
		if err := indexWriter.AddSeries(storage.SeriesRef(ref), labels.FromMap(one.Labels), metas...); err != nil {
			return 0, err
		}
		ref++
		samples += count
		chunkCount += uint64(len(metas))
	}
	if err := chunkWriter.Close(); err != nil {
		return 0, err
	}
	if err := indexWriter.Close(); err != nil {
		return 0, err
	}
	meta := map[string]any{
		"ulid": filepath.Base(folder), "minTime": start, "maxTime": start + blockLength, "version": 1,
		"stats":      map[string]uint64{"numSamples": samples, "numSeries": ref, "numChunks": chunkCount},
		"compaction": map[string]any{"level": 3, "sources": []string{filepath.Base(folder)}},
	}
	text, err := json.Marshal(meta)
	if err != nil {
		return 0, err
	}
	return samples, os.WriteFile(filepath.Join(folder, "meta.json"), text, 0o644)
}

func addSymbols(writer *index.Writer, all []series) error {
	known := map[string]struct{}{}
	for _, one := range all {
		for name, value := range one.Labels {
			known[name], known[value] = struct{}{}, struct{}{}
		}
	}
	sorted := make([]string, 0, len(known))
	for symbol := range known {
		sorted = append(sorted, symbol)
	}
	slices.Sort(sorted)
	for _, symbol := range sorted {
		if err := writer.AddSymbol(symbol); err != nil {
			return err
		}
	}
	return nil
}

// chunksOf makes the samples of one series within [start, end). A series is made anew for every block it is in, from its
// beginning, so that its values go on from block to block.
func chunksOf(one series, start, end int64) ([]chunks.Meta, uint64) {
	next := values(one)
	var metas []chunks.Meta
	var appender chunkenc.Appender
	var inChunk int
	var count uint64
	for t := one.From; t <= one.To && t < end; t += one.Every {
		value := next(t)
		if t < start {
			continue
		}
		if appender == nil || inChunk == samplesPerChunk {
			chunk := chunkenc.NewXORChunk()
			appender, _ = chunk.Appender()
			metas = append(metas, chunks.Meta{Chunk: chunk, MinTime: t})
			inChunk = 0
		}
		appender.Append(0, t, value)
		metas[len(metas)-1].MaxTime = t
		inChunk++
		count++
	}
	return metas, count
}

func values(one series) func(int64) float64 {
	random := one.Seed*2654435761 + 1
	draw := func() float64 {
		random ^= random << 13
		random ^= random >> 7
		random ^= random << 17
		return float64(random>>11) / (1 << 53)
	}
	switch one.Kind {
	case "cpu":
		total := draw() * 1000
		seconds := float64(one.Every) / 1000
		return func(t int64) float64 {
			wave := 1 + 0.5*math.Sin(float64(t)/86400000*2*math.Pi)
			total += one.Value * wave * (0.5 + draw()) * seconds
			// Nanoseconds, as cAdvisor counts them.
			return math.Round(total*1e9) / 1e9
		}
	case "memory":
		level := one.Value
		return func(int64) float64 {
			level = max(one.Value/2, min(one.Value*2, level+one.Value*0.01*(draw()-0.5)))
			return math.Floor(level/4096) * 4096
		}
	default:
		return func(int64) float64 { return one.Value }
	}
}
