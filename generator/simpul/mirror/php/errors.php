<?php

/** A failure the owner of the copy can read: what happened, then what to do. */
class Failure extends \Exception
{
    const EXIT_CODE = 1;
    public $what;

    public function __construct($what, $remedy = '')
    {
        parent::__construct($remedy === '' ? "$what." : "$what. $remedy.");
        $this->what = $what;
    }
}

/** No source could give what was asked: try again later, or elsewhere. */
class Unreachable extends Failure
{
}

/** The source answers, but does not have the file. */
class Missing extends Unreachable
{
}

/** What a source gave is not what the publisher signed. Nothing of it is used. */
class Untrusted extends Failure
{
    const EXIT_CODE = 3;
}

/** The disk refuses: full, read-only, or holding what is not ours. */
class Full extends Failure
{
    const EXIT_CODE = 4;
}

/** Another call is at work. */
class Busy extends Failure
{
    const EXIT_CODE = 5;
}

/** What this copy holds does not suffice (a damaged file, a lost list): whole packs are needed. */
class Lost extends \Exception
{
}

/** The time of this call is used up; the next one goes on. */
class Pause extends \Exception
{
}

/** Warnings of PHP are kept, not shown: they name paths of the host. */
class Warnings
{
    public static $last = '';

    public static function keep($level, $text)
    {
        self::$last = $text;
        return true;
    }
}

/** The time left for this call. */
class Clock
{
    private $end;

    public function __construct($seconds)
    {
        $this->end = self::now() + $seconds;
    }

    /** Seconds on a clock that nobody sets. */
    public static function now()
    {
        return hrtime(true) / 1e9;
    }

    public function left()
    {
        return $this->end - self::now();
    }

    /** @throws Pause when there is none */
    public function check()
    {
        if ($this->left() <= 0) {
            throw new Pause();
        }
    }
}
