<?php

// The way to a release, noted after each step, so that any call can go on where the last one stopped:
// 'ambil' fetches objects and opens them into staged files, 'jaga' keeps aside what is not ours, 'pasang' puts
// the files in place. Before 'pasang' nothing of the site changes; from then on it is finished whatever happens.

class Plan
{
    public $goal;             // the state to reach
    public $before;           // the tree that was installed, '' for none
    public $maybe = [];       // other trees whose files an installation that got lost may have put in place
    public $objects;          // Items to open, in order
    public $packs;            // Items of the whole release, in case a delta does not do
    public $delta;            // whether the one object is a delta
    public $phase = 'ambil';
    public $at = 0;           // how far the phase has come
    public $failed = false;   // whether the last call failed: a newer release may be the cure
    private $disk;

    private function __construct($disk)
    {
        $this->disk = $disk;
    }

    /** The cheaper way: a delta from what is here, or all packs. */
    public static function make($disk, $manifest, $state, $mend)
    {
        $plan = new Plan($disk);
        $plan->goal = $manifest->state;
        $plan->before = $state['tree'];
        $plan->packs = $plan->objects = $manifest->packs;
        $delta = isset($manifest->deltas[$plan->before]) && !$mend ? $manifest->deltas[$plan->before] : null;
        $plan->delta = $delta && $delta->size <= bytes_in($plan->packs) && read_tree($disk, $plan->before) !== null;
        if ($plan->delta) {
            $plan->objects = [$delta];
        }
        $plan->room($state);
        $plan->clear();
        $plan->keep();
        return $plan;
    }

    /** The one that was begun, if any. Whoever can write here may have written it: every field is checked. */
    public static function read($disk)
    {
        $found = json_decode((string) $disk->read(PLAN), true, 16);
        $plan = new Plan($disk);
        try {
            foreach (['tujuan', 'sebelum', 'mungkin', 'objek', 'paket', 'selisih', 'tahap', 'nomor', 'gagal'] as $name) {
                if (!is_array($found) || !isset($found[$name])) {
                    throw new Malformed($name);
                }
            }
            if (!is_state($found['tujuan']) || !in_array($found['tahap'], ['ambil', 'jaga', 'pasang'], true)) {
                throw new Malformed('state');
            }
            $plan->goal = $found['tujuan'];
            $plan->before = $found['sebelum'] === '' ? '' : matching(HASH, $found['sebelum']);
            $plan->phase = $found['tahap'];
            $plan->at = at_least($found['nomor'], 0);
            $plan->delta = $found['selisih'] === true;
            $plan->failed = $found['gagal'] === true;
            foreach ((array) $found['mungkin'] as $digest) {
                $plan->maybe[] = matching(HASH, $digest);
            }
            foreach (['objects' => 'objek', 'packs' => 'paket'] as $field => $name) {
                $plan->$field = array_map(function ($entry) {
                    return new Item($entry);
                }, (array) $found[$name]);
            }
        } catch (Malformed $error) {
            return null;
        }
        return $plan;
    }

    public function keep()
    {
        $notes = function ($items) {
            return array_map(function ($item) {
                return $item->note();
            }, $items);
        };
        $this->disk->store(PLAN, json_encode([
            'tujuan' => $this->goal, 'sebelum' => $this->before, 'mungkin' => $this->maybe,
            'objek' => $notes($this->objects), 'paket' => $notes($this->packs), 'selisih' => $this->delta,
            'tahap' => $this->phase, 'nomor' => $this->at, 'gagal' => $this->failed,
        ]));
    }

    public function enter($phase)
    {
        $this->phase = $phase;
        $this->at = 0;
        $this->keep();
    }

    /** Whole packs instead, because what is here or at the source does not suffice. */
    public function whole()
    {
        if ($this->phase === 'pasang') {
            $this->maybe = array_values(array_unique(array_merge($this->maybe, [$this->goal['tree']])));
        }
        $this->objects = $this->packs;
        $this->delta = false;
        $this->clear();
        $this->enter('ambil');
    }

    /** Nothing of the site has changed yet: it may be given up. */
    public function give_up()
    {
        $this->disk->remove(PLAN);
        $this->clear();
    }

    public function clear()
    {
        $this->disk->clear(PARTS);
        $this->disk->clear(STAGED);
        $names = array_map(function ($item) {
            return "$item->sha256.gz";
        }, $this->objects);
        $this->disk->clear(OBJECTS, array_merge($names, array_map(function ($name) {
            return "$name.bagian";
        }, $names)));
    }

    /** Files that are ours, by path: of what was installed, and of what may have been. @throws Lost */
    public function ours()
    {
        $ours = [];
        foreach (array_merge([$this->before], $this->maybe) as $digest) {
            $tree = read_tree($this->disk, $digest);
            foreach ($tree ?: [] as $path => $file) {
                $ours[$path][] = $file;
            }
        }
        return $ours;
    }

    private function room($state)
    {
        $biggest = 0;
        foreach ($this->objects as $item) {
            $biggest = max($biggest, $item->size);
        }
        $more = $this->delta ? 2 * $this->objects[0]->unpacked : max($this->goal['size'] - $state['size'], 0)
            + 4096 * max($this->goal['files'] - $state['files'], 0);
        $needed = $biggest + $more + 8388608;
        if ($this->disk->free() < $needed) {
            throw new Full('ruang disk kurang: perlu ' . megabytes($needed) . ' MB, tersisa '
                . megabytes($this->disk->free()) . ' MB', 'Belum ada yang diubah. Kosongkan sebagian, lalu ulangi');
        }
    }
}

function bytes_in($items)
{
    $sum = 0;
    foreach ($items as $item) {
        $sum += $item->size;
    }
    return $sum;
}
