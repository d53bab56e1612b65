<?php

const BESIDE = ['cgi-bin', 'error_log', 'lost+found', 'Thumbs.db', 'desktop.ini'];  // what hosts and systems lay down
const PROGRAM = 'unduh/simpul-mirror.php';

/** Whether a copy was begun here. One that lost its notes still has its public status. */
function is_ours($disk)
{
    return array_diff($disk->names(OWN), ['kunci', '.htaccess', 'terakhir']) || read_status($disk);
}

/** A folder is ours if it was empty when we came, but for hidden names and this program. @throws Full */
function refuse_foreign($disk)
{
    $names = array_filter($disk->names(''), function ($name) {
        return $name[0] !== '.' && !in_array($name, array_merge(BESIDE, [basename(__FILE__), SETTINGS]), true);
    });
    if ($names && !is_ours($disk)) {
        throw new Full('folder ini sudah berisi ' . listed(array_values($names)),
            'Tidak ada yang diubah. Taruh program ini di folder kosong, misalnya untuk subdomain baru, '
            . 'atau pindahkan dulu berkas itu');
    }
}

/** Puts a fetched release in place. */
class Installer
{
    private $disk;
    private $clock;
    private $plan;
    private $placed = 0;

    public function __construct($disk, $plan, $clock)
    {
        $this->disk = $disk;
        $this->plan = $plan;
        $this->clock = $clock;
    }

    /** Accepts the tree that was fetched. @throws Untrusted, or Lost when a delta met damaged files */
    public function accept($tree)
    {
        $text = encode_tree($tree);
        $size = array_sum(array_map('SimpulMirror\size_of', $tree));
        $goal = $this->plan->goal;
        if ([hash('sha256', $text), count($tree), $size] !== [$goal['tree'], $goal['files'], $goal['size']]) {
            if ($this->plan->delta) {
                throw new Lost('old file');
            }
            $this->plan->give_up();
            throw new Untrusted('isi yang terkumpul bukan rilis yang ditandatangani', REPORT);
        }
        check_clashes($tree);
        $this->refuse_strangers($tree);
        $this->disk->store(LISTS . "/$goal[tree]", $text);
        $this->plan->enter('jaga');
    }

    /** What stands where the release has something new, and is not ours. */
    private function refuse_strangers($tree)
    {
        $ours = $folders = $found = [];
        foreach ($this->plan->ours() as $path => $files) {
            $ours[fold((string) $path)] = true;
        }
        foreach ($tree as $path => $file) {
            $path = (string) $path;
            if (isset($ours[fold($path)])) {
                continue;
            }
            foreach (parents($path) as $parent) {
                $folders[$parent] = true;
            }
            if ($this->disk->there($path) && !$this->disk->equals($path, [$file])) {
                $found[] = $path;
            }
        }
        foreach ($folders as $path => $true) {
            if (!isset($ours[fold((string) $path)]) && $this->disk->size((string) $path) !== null) {
                $found[] = (string) $path;
            }
        }
        if ($found) {
            sort($found, SORT_STRING);
            throw new Full('rilis ini memuat berkas yang namanya sudah Anda pakai: ' . listed($found),
                'Tidak ada yang diubah. Pindahkan dulu berkas itu, lalu buka alamat ini lagi');
        }
    }

    /** Keeps a copy of what is about to be replaced, unless it is ours. */
    public function guard()
    {
        $tree = $this->goal_tree();
        $ours = $this->plan->ours();
        $staged = array_flip($this->disk->names(STAGED));
        $this->each(in_order(array_map('strval', array_keys($tree))), function ($path) use ($tree, $ours, $staged) {
            if (isset($staged[hash_of($tree[$path])])) {
                $this->keep_foreign($path, array_merge([$tree[$path]], isset($ours[$path]) ? $ours[$path] : []));
            }
        });
        $this->plan->enter('pasang');
        if ($this->clock->left() < STEP / 2) {  // in one go, so that readers never meet a mixture for long
            throw new Pause();
        }
    }

    private function keep_foreign($path, $files)
    {
        if ($this->disk->size($path) !== null && !$this->disk->equals($path, $files)) {
            $data = hash_file('sha256', $this->disk->place($path));
            $place = KEPT . '/' . substr($data, 0, 16) . "/$path.txt";  // as text: nobody's program runs there
            $this->disk->make_folder($place);
            if (!copy($this->disk->place($path), $this->disk->place($place))) {
                throw Folder::refused();
            }
        }
    }

    /** Does what the plan says, from where an earlier call stopped; returns how many files it put in place.
     * @throws Lost when a staged file is gone */
    public function put()
    {
        $this->clock = new Clock(max($this->clock->left(), 0) + 4);
        $tree = $this->goal_tree();
        $before = read_tree($this->disk, $this->plan->before) ?: [];
        $ours = $this->plan->ours();
        $removed = array_map('strval', array_keys(array_diff_key($ours, $tree)));
        $in_the_way = $this->in_the_way($removed, $tree);
        foreach ($in_the_way as $path) {
            $this->keep_foreign($path, $ours[$path]);
            $this->disk->drop($path);
        }
        $staged = array_flip($this->disk->names(STAGED));
        $paths = in_order(array_map('strval', array_keys($tree)));
        $uses = array_count_values(array_map(function ($path) use ($tree) {
            return $tree[$path];
        }, array_slice($paths, $this->plan->at)));
        $this->each($paths,
            function ($path) use ($tree, $before, $staged, &$uses) {
                $uses[$tree[$path]]--;
                $this->put_file($path, $tree[$path], $before, $staged, $uses[$tree[$path]] > 0);
            });
        foreach (array_diff($removed, $in_the_way) as $path) {
            if ($this->disk->equals($path, $ours[$path])) {
                $this->disk->drop($path);
            }
        }
        $this->finish();
        return $this->placed;
    }

    private function put_file($path, $file, $before, $staged, $again)
    {
        $place = STAGED . '/' . hash_of($file);
        if (isset($staged[hash_of($file)]) && $this->disk->size($place) === size_of($file)) {
            if ($this->disk->equals($path, [$file])) {
                return;
            }
            if ($again) {
                if (!copy($this->disk->place($place), $this->disk->place(ASIDE))) {
                    throw Folder::refused();
                }
                $place = ASIDE;
            }
            $this->disk->move($place, $path);
            $this->placed++;
        } elseif ((!isset($before[$path]) || $before[$path] !== $file) && !$this->disk->equals($path, [$file])) {
            throw new Lost($path);
        }
    }

    /** Old files that must go first: a folder is needed, becomes a file, or only letters' case changes. */
    private function in_the_way($removed, $tree)
    {
        if (!$removed) {
            return [];
        }
        $names = $folders = [];
        foreach ($tree as $path => $file) {
            $folded = fold((string) $path);
            $names[$folded] = true;
            foreach (parents($folded) as $parent) {
                $folders[$parent] = true;
            }
        }
        return array_values(array_filter($removed, function ($path) use ($names, $folders) {
            $folded = fold($path);
            return isset($names[$folded]) || isset($folders[$folded])
                || array_intersect_key($names, array_flip(parents($folded)));
        }));
    }

    private function finish()
    {
        $goal = $this->plan->goal;
        $this->disk->store(STATE, json_encode($goal));
        $this->disk->remove(PLAN);
        foreach ([PARTS, STAGED, OBJECTS] as $folder) {
            $this->disk->clear($folder);
        }
        $this->disk->clear(LISTS, [$goal['tree']]);
    }

    private function goal_tree()
    {
        $tree = read_tree($this->disk, $this->plan->goal['tree']);
        if ($tree === null) {
            throw new Lost('list');
        }
        return $tree;
    }

    /** Does something for each item from the plan's place on; where it stops is noted. */
    private function each($items, $action)
    {
        try {
            for ($count = count($items); $this->plan->at < $count; $this->plan->at++) {
                $this->clock->check();
                $action($items[$this->plan->at]);
            }
        } catch (Pause $pause) {
            $this->plan->keep();
            throw $pause;
        }
    }
}
