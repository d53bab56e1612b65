<?php

const TIMESTAMP = 'metadata/timestamp.json';
const TAG = 'timestamp.etag';
const MOST_ROOTS = 64;

/** One look at one source: its trusted manifest (TUF 5.3), never below what was seen before. */
class Refresh
{
    private $source;
    private $disk;
    private $clock;
    private $seen;
    private $trusted;
    private $judged;          // the root in force when $seen was noted, or the program's first
    private $forget = false;  // whether remembered timestamp and snapshot no longer count
    private $fresh = [];

    public function __construct($source, $disk, $roots, $now, $clock)
    {
        $this->source = $source;
        $this->disk = $disk;
        $this->clock = $clock;
        $this->seen = read_seen($disk);
        $this->trusted = new Trusted($roots[max(array_keys($roots))], $now);
        $this->judged = $this->trusted->root;
    }

    /** The manifest; what was learnt is kept. */
    public function run()
    {
        try {
            $this->roots();
            $this->timestamp();
            $this->snapshot();
            $this->targets();
            $manifest = $this->manifest();
        } finally {
            $this->keep_roots();
        }
        $this->keep($manifest);
        return $manifest;
    }

    private function roots()
    {
        while (($data = $this->cached(($this->trusted->root->version + 1) . '.root.json')) !== null) {
            try {
                $this->trusted->update_root($data);
            } catch (Untrusted $error) {
                break;
            }
        }
        $this->judged = $this->trusted->root;
        for ($count = 0; $count < MOST_ROOTS; $count++) {
            $name = ($this->trusted->root->version + 1) . '.root.json';
            try {
                $this->fresh[$name] = $this->ask("metadata/$name", 32000, [$this, 'next_root']);
            } catch (Missing $error) {
                break;
            }
        }
        if ($this->trusted->root->version < $this->seen['root']) {
            throw new Untrusted("sumber menahan root versi {$this->seen['root']}, yang sudah pernah dilihat", REPORT);
        }
        $this->forgive($this->judged, $this->trusted->root);
    }

    public function next_root($data)
    {
        if (strpos(ltrim($data), '{') !== 0) {  // a host that greets with a page instead of saying 404
            throw new Missing("{$this->source->base} tidak memiliki root berikutnya");
        }
        $this->trusted->update_root($data);
        if ($this->trusted->root->version <= $this->seen['root']) {
            $this->judged = $this->trusted->root;
        }
    }

    /** A thief may have run the numbers up before the keys were replaced (5.3.11): they count no longer. */
    private function forgive($before, $after)
    {
        if ($this->other_keys($before, $after, ['timestamp', 'snapshot'])) {
            $this->seen = ['timestamp' => 0, 'snapshot' => 0] + $this->seen;
            $this->forget = true;
        }
        if ($this->other_keys($before, $after, ['targets'])) {
            $this->seen = ['targets' => 0, 'release' => 0] + $this->seen;
            $this->forget = true;
        }
    }

    private function other_keys($before, $after, $names)
    {
        foreach ($names as $name) {
            if ($before->roles[$name]->keys != $after->roles[$name]->keys) {
                return true;
            }
        }
        return false;
    }

    private function timestamp()
    {
        $cached = $this->forget ? null : $this->cached('timestamp.json');
        if ($cached !== null) {
            $this->remember('update_timestamp', $cached);
            $this->spare($cached);
        }
        $newer = false;
        $data = $this->ask(TIMESTAMP, 4000, function ($data) use (&$newer) {
            $newer = $this->trusted->update_timestamp($data);
        });
        $this->note_tag($data);
        $this->not_below($this->trusted->timestamp);
        if ($newer) {
            $this->fresh['timestamp.json'] = $data;
        }
    }

    /** What this source gave last need not be sent again, if it still has it. */
    private function spare($cached)
    {
        $note = explode("\n", (string) $this->cached(TAG));
        if (count($note) === 3 && [$note[0], $note[2]] === [$this->source->base, hash('sha256', $cached)]) {
            $this->source->known[TIMESTAMP] = [$note[1], $cached];
        }
    }

    private function note_tag($data)
    {
        $tag = isset($this->source->tags[TIMESTAMP]) ? $this->source->tags[TIMESTAMP] : '';
        if (preg_match('#\A(W/)?"[\x21\x23-\x7e]{1,100}"\z#', $tag)) {
            $note = "{$this->source->base}\n$tag\n" . hash('sha256', $data);
            if ($note !== $this->cached(TAG)) {
                $this->fresh[TAG] = $note;
            }
        }
    }

    private function snapshot()
    {
        $meta = $this->trusted->timestamp->meta['snapshot.json'];
        $cached = $this->cached('snapshot.json');
        if ($cached !== null && $meta->sha256 !== null && $meta->fits($cached)) {
            $this->trusted->update_snapshot($cached);
        } else {
            if ($cached !== null && !$this->forget) {
                $this->remember('update_snapshot', $cached);
            }
            $this->fresh['snapshot.json'] = $this->ask("metadata/$meta->version.snapshot.json", 8000,
                [$this->trusted, 'update_snapshot']);
        }
        $this->not_below($this->trusted->snapshot);
    }

    private function targets()
    {
        $known = $this->trusted->snapshot->meta;
        $meta = isset($known['targets.json']) ? $known['targets.json'] : null;
        $cached = $this->cached('targets.json');
        if ($meta && $cached !== null && $meta->sha256 !== null && $meta->fits($cached)) {
            $this->trusted->update_targets($cached);
        } else {
            $this->fresh['targets.json'] = $this->ask('metadata/' . ($meta ? $meta->version : 1) . '.targets.json',
                16000, [$this->trusted, 'update_targets']);
        }
        $this->not_below($this->trusted->targets);
    }

    private function manifest()
    {
        $known = $this->trusted->targets->meta;
        $meta = isset($known[MANIFEST]) ? $known[MANIFEST] : null;
        if (!$meta || $meta->sha256 === null) {
            throw new Untrusted('rilis di sumber ini belum memuat bentuk untuk PHP',
                'Tidak ada yang diubah. Tunggu rilis berikutnya, atau beri tahu pengelola portal pusat');
        }
        $data = $this->cached(MANIFEST);
        if ($data === null || !$meta->fits($data)) {
            $data = $this->fresh[MANIFEST] = $this->ask("manifes/$meta->sha256." . MANIFEST,
                min($meta->length ?: MOST_MANIFEST, MOST_MANIFEST), function ($data) use ($meta) {
                    $meta->check(MANIFEST, $data);
                });
        }
        $manifest = new Manifest($data);
        if ($manifest->state['release'] < $this->seen['release']) {
            throw new Untrusted("sumber menawarkan rilis {$manifest->state['release']}, padahal rilis "
                . "{$this->seen['release']} sudah pernah dilihat", 'Salinan tidak dimundurkan. Coba sumber lain; '
                . 'bila terulang, beri tahu pengelola portal pusat');
        }
        return $manifest;
    }

    /** New roots count at once, even from a source otherwise bad: they may withdraw a stolen key. */
    private function keep_roots()
    {
        $roots = array_filter(array_keys($this->fresh), function ($name) {
            return substr($name, -10) === '.root.json';
        });
        if ($roots) {
            if ($this->forget) {
                $this->disk->remove(METADATA . '/timestamp.json');
                $this->disk->remove(METADATA . '/snapshot.json');
            }
            if (!$this->seen['release'] && read_status($this->disk)) {  // the public note is a guard, too
                $this->disk->remove(STATUS);
            }
            write_seen($this->disk, $this->seen);
        }
        foreach ($roots as $name) {
            $this->disk->store(METADATA . "/$name", $this->fresh[$name]);
            unset($this->fresh[$name]);
        }
    }

    private function keep($manifest)
    {
        $seen = ['release' => $manifest->state['release']];
        foreach (['root', 'timestamp', 'snapshot', 'targets'] as $role) {
            $seen[$role] = $this->trusted->$role->version;
        }
        if ($seen !== read_seen($this->disk)) {
            write_seen($this->disk, $seen);
        }
        foreach ($this->fresh as $name => $data) {
            $this->disk->store(METADATA . "/$name", $data);
        }
    }

    /** A small file, judged; what fails is asked for again, what is wrong twice more, what is missing once. */
    private function ask($path, $limit, $check)
    {
        for ($tries = 1; true; $tries++) {
            try {
                $data = $this->source->small($path, $limit);
                call_user_func($check, $data);
                return $data;
            } catch (Missing $error) {
                throw $error;
            } catch (Failure $error) {
                if ($tries === 3 || $this->clock->left() < 5) {
                    throw $error;
                }
                sleep(1);
            }
        }
    }

    private function cached($name)
    {
        return $this->disk->read(METADATA . "/$name");
    }

    /** A damaged memory is no memory; $seen still guards. */
    private function remember($update, $data)
    {
        try {
            $this->trusted->$update($data, false);
        } catch (Untrusted $error) {
            return;
        }
    }

    private function not_below($signed)
    {
        $seen = $this->seen[$signed->role];
        if ($signed->version < $seen) {
            throw new Untrusted("sumber menawarkan $signed->role versi $signed->version, "
                . "padahal versi $seen sudah pernah dilihat", REPORT);
        }
    }
}
