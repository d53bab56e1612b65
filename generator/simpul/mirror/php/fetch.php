<?php

/** Brings the objects of a plan and opens them into staged files; returns the tree they make. */
class Fetcher
{
    private $disk;
    private $sources;
    private $clock;

    public function __construct($disk, $sources, $clock)
    {
        $this->disk = $disk;
        $this->sources = $sources;
        $this->clock = $clock;
    }

    public function run($plan)
    {
        return $plan->delta ? $this->changed($plan) : $this->packed($plan);
    }

    private function packed($plan)
    {
        foreach ($plan->objects as $at => $item) {
            $list = PARTS . "/$at.txt";
            if ($this->disk->size($list) === null) {
                $this->fetch($item);
                $this->disk->store($list, open_pack($this->disk, $item, $this->clock));
                $this->disk->remove($item->place());
            }
        }
        $tree = [];
        foreach ($plan->objects as $at => $item) {
            $this->merge($tree, PARTS . "/$at.txt");
        }
        return $tree;
    }

    /** Lines "- path" come first. */
    private function merge(&$tree, $list)
    {
        $text = (string) $this->disk->read($list);
        while (strpos($text, '- ') === 0) {
            $end = (int) strpos($text, "\n");
            unset($tree[substr($text, 2, $end - 2)]);
            $text = substr($text, $end + 1);
        }
        $tree = array_replace($tree, decode_tree($text));
    }

    private function changed($plan)
    {
        $tree = read_tree($this->disk, $plan->before);
        if ($tree === null) {
            throw new Lost('list');
        }
        $item = $plan->objects[0];
        $this->fetch($item);
        $delta = new Delta($this->disk, $item, $tree, $plan->goal['tree']);
        $list = PARTS . '/selisih.txt';
        $done = $this->finished_lines($list);
        $handle = $this->disk->open($list, 'ab');
        $delta->apply($this->disk, $done, function ($file, $path) use ($handle) {
            if (fwrite($handle, "$file $path\n") === false) {
                throw Folder::refused();
            }
        }, $this->clock);
        fclose($handle);
        foreach ($delta->removed as $path) {
            unset($tree[$path]);
        }
        $this->merge($tree, $list);
        return $tree;
    }

    /** How many new files were made; a line that was cut off is taken away. */
    private function finished_lines($list)
    {
        $text = (string) $this->disk->read($list);
        $end = strrpos($text, "\n");
        $whole = $end === false ? '' : substr($text, 0, $end + 1);
        if ($whole !== $text) {
            $this->disk->store($list, $whole);
        }
        return substr_count($whole, "\n");
    }

    /** An object, whole and right, from the first source that gives it. */
    private function fetch($item)
    {
        $failure = null;
        foreach ($this->held($item) ? [] : $this->sources as $source) {
            try {
                $failure = null;
                $this->download($source, $item);
                break;
            } catch (Unreachable $error) {
                $failure = $error;
            } catch (Untrusted $error) {
                $failure = $error;
            }
        }
        if ($failure) {
            throw $failure;
        }
    }

    private function held($item)
    {
        return $this->disk->equals($item->place(), ["$item->sha256 $item->size"]);
    }

    private function download($source, $item)
    {
        $part = $item->place() . '.bagian';
        $size = (int) $this->disk->size($part);
        if ($size > $item->size) {
            $this->disk->remove($part);
            $size = 0;
        }
        if ($size < $item->size) {
            $this->clock->check();
            $size = $this->append($source, $item, $part, $size);
        }
        if ($size < $item->size) {
            throw new Unreachable("kiriman dari $source->base terputus", 'Yang sudah terunduh tidak diulang');
        }
        if (!$this->disk->equals($part, ["$item->sha256 $item->size"])) {
            $this->disk->remove($part);
            throw new Untrusted("{$item->path()} dari $source->base berbeda dari yang ditandatangani", REPORT);
        }
        $this->disk->move($part, $item->place());
    }

    private function append($source, $item, $part, $size)
    {
        $handle = $this->disk->open($part, 'cb');
        $begun = false;
        try {
            $source->give($item->path(), $size, function ($chunk, $begins) use ($handle, $item, &$size, &$begun) {
                if (!$begun) {
                    ftruncate($handle, $begins);
                    fseek($handle, $begins);
                    $size = $begins;
                    $begun = true;
                }
                if ($size + strlen($chunk) > $item->size) {
                    ftruncate($handle, 0);
                    throw new Untrusted("{$item->path()} terlalu panjang", REPORT);
                }
                if (fwrite($handle, $chunk) !== strlen($chunk)) {
                    throw Folder::refused();
                }
                $size += strlen($chunk);
                $this->clock->check();
            });
        } catch (Unreachable $error) {
            if ($begun) {
                $this->clock->check();  // cut off because the time of this call is up
            }
            throw $error;
        } finally {
            fclose($handle);
        }
        return $size;
    }
}
