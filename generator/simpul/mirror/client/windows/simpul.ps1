# Copies the portal from this stick to a folder, or brings that folder up to date. Written for PowerShell 2 and
# newer. The list of the stick says what each file must be; a list kept in the folder says what was put there,
# and nothing else is replaced or deleted.
param([string]$Target)
$ErrorActionPreference = 'Stop'
$Mark = '.simpul-usb.txt'
$Nothing = 'Tidak ada yang diubah.'

function Stop-Told([string]$Text) {
    Write-Host ('GAGAL: ' + $Text)
    exit 1
}

trap {
    Write-Host ('GAGAL: ' + $_.Exception.Message)
    Write-Host 'Jalankan lagi untuk melanjutkan; berkas lain di folder itu tidak disentuh.'
    exit 1
}

$Sha = [Security.Cryptography.SHA256]::Create()

function Get-Sha([string]$Path) {
    $Stream = [IO.File]::OpenRead($Path)
    try { $Hash = $Sha.ComputeHash($Stream) } finally { $Stream.Close() }
    return ([BitConverter]::ToString($Hash) -replace '-', '').ToLower()
}

function Test-Name([string]$Path) {
    return ($Path -notmatch '[\\:*?"<>|\x00-\x1f]') -and ($Path -notmatch '(^|/)(\.|/|$)') `
        -and ($Path -notmatch '^(rilis/|status\.json$|SIMPUL\.cmd$|simpul\.ps1$|simpul-mirror\.pyz$)')
}

# A list as a table: path -> the hashes it may have, joined by spaces.
function Read-List([string]$Path) {
    $Table = @{}
    if (-not [IO.File]::Exists($Path)) { return $Table }
    foreach ($Line in [IO.File]::ReadAllLines($Path, [Text.Encoding]::UTF8)) {
        if ($Line -match '^([0-9a-f]{64}) \d{1,12} (.+)$') {
            $Hash = $Matches[1]
            $Name = $Matches[2]
            if (Test-Name $Name) { $Table[$Name] = ([string]$Table[$Name] + ' ' + $Hash).Trim() }
        }
    }
    return $Table
}

function Write-List([string]$Path, [string[]]$Lines) {
    [IO.File]::WriteAllLines($Path + '.baru', $Lines)
    if ([IO.File]::Exists($Path)) { [IO.File]::Delete($Path) }
    [IO.File]::Move($Path + '.baru', $Path)
}

function Get-Lines([hashtable]$Table) {
    foreach ($Name in @($Table.Keys)) { foreach ($Hash in $Table[$Name].Split(' ')) { $Hash + ' 0 ' + $Name } }
}

function Test-Link([string]$Folder) {
    return [IO.Directory]::Exists($Folder) -and `
        (([IO.File]::GetAttributes($Folder) -band [IO.FileAttributes]::ReparsePoint) -ne 0)
}

function Get-Some([string[]]$Names) {
    $Shown = [string]::Join(', ', @($Names | Select-Object -First 5))
    if ($Names.Length -gt 5) { return $Shown + ' dan ' + ($Names.Length - 5) + ' lainnya' }
    return $Shown
}

$Source = Split-Path -Parent $MyInvocation.MyCommand.Path
$New = Read-List ([IO.Path]::Combine($Source, 'rilis/isi.txt'))
if (-not $New.ContainsKey('index.html')) {
    Stop-Told ('USB ini tidak memuat daftar portal (rilis\isi.txt). Minta USB yang baru. ' + $Nothing)
}

# First all of the stick is read: a damaged one changes nothing.
$Bad = @()
foreach ($Name in @($New.Keys)) {
    $Path = [IO.Path]::Combine($Source, $Name)
    if (-not [IO.File]::Exists($Path)) { $Bad += $Name; continue }
    $Hash = Get-Sha $Path
    if ($New[$Name].Split(' ') -notcontains $Hash) { $Bad += $Name } else { $New[$Name] = $Hash }
}
if ($Bad.Length -gt 0) {
    Stop-Told ('' + $Bad.Length + ' berkas di USB rusak atau hilang: ' + (Get-Some $Bad) + '. ' + $Nothing +
        ' Minta USB yang baru.')
}

# The folder is ours when it is empty or holds our list.
$List = [IO.Path]::Combine($Target, $Mark)
$Old = Read-List $List
if ([IO.Directory]::Exists($Target) -and -not [IO.File]::Exists($List)) {
    $Held = @([IO.Directory]::GetFileSystemEntries($Target) | ForEach-Object { [IO.Path]::GetFileName($_) })
    if ($Held.Length -gt 0) {
        Stop-Told ('folder ' + $Target + ' sudah berisi ' + (Get-Some $Held) + '. ' + $Nothing +
            ' Pakai folder yang kosong: SIMPUL.cmd "FOLDER".')
    }
}
$Changed = @()
$Foreign = @()
foreach ($Name in @($New.Keys)) {
    $Path = [IO.Path]::Combine($Target, $Name)
    $Parent = [IO.Path]::GetDirectoryName($Path)
    while ($Parent.Length -gt $Target.Length) {
        if ((Test-Link $Parent) -or [IO.File]::Exists($Parent)) { $Foreign += $Name; break }
        $Parent = [IO.Path]::GetDirectoryName($Parent)
    }
    if ([IO.Directory]::Exists($Path)) { $Foreign += $Name; continue }
    if (-not [IO.File]::Exists($Path)) { $Changed += $Name; continue }
    $Hash = Get-Sha $Path
    if ($Hash -eq $New[$Name]) { continue }
    $Changed += $Name
    if (([string]$Old[$Name]).Split(' ') -notcontains $Hash) { $Foreign += $Name }
}
if ($Foreign.Length -gt 0) {
    Stop-Told ('di ' + $Target + ' ada yang bukan dari program ini: ' + (Get-Some $Foreign) + '. ' + $Nothing +
        ' Pindahkan dulu.')
}

# What may be there from now on is noted before the first file changes, so that a run cut off goes on.
[void][IO.Directory]::CreateDirectory($Target)
Write-List $List @(@(Get-Lines $Old) + @(Get-Lines $New))
$Ordered = @($Changed | Where-Object { $_ -notlike '*.html' }) + `
    @($Changed | Where-Object { ($_ -like '*.html') -and ($_ -ne 'index.html') }) + `
    @($Changed | Where-Object { $_ -eq 'index.html' })
foreach ($Name in $Ordered) {
    $Path = [IO.Path]::Combine($Target, $Name)
    [void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($Path))
    [IO.File]::Copy([IO.Path]::Combine($Source, $Name), $Path + '.baru', $true)
    if ((Get-Sha ($Path + '.baru')) -ne $New[$Name]) {
        [IO.File]::Delete($Path + '.baru')
        Stop-Told ($Name + ' tidak tersalin utuh. Periksa USB dan disk, lalu jalankan lagi.')
    }
    if ([IO.File]::Exists($Path)) { [IO.File]::Delete($Path) }
    [IO.File]::Move($Path + '.baru', $Path)
}
$Removed = 0
foreach ($Name in @($Old.Keys)) {
    $Path = [IO.Path]::Combine($Target, $Name)
    if ($New.ContainsKey($Name) -or -not [IO.File]::Exists($Path)) { continue }
    if ($Old[$Name].Split(' ') -contains (Get-Sha $Path)) {
        [IO.File]::Delete($Path)
        $Removed++
    }
}
Write-List $List @(Get-Lines $New)
Write-Host ('Selesai: ' + $Changed.Length + ' berkas disalin, ' + $Removed + ' dihapus, di ' + $Target + '.')
