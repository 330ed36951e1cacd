namespace Telemetry.Samples.Demo;

/// <summary>One demo at a time in one repository. The kernel releases the lock also when its holder is killed.</summary>
internal sealed class DemoLock : IDisposable
{
    private readonly FileStream _file;

    private DemoLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="DemoFailedException">Another demo holds it.</exception>
    public static DemoLock Take(DemoPaths paths)
    {
        Directory.CreateDirectory(paths.Directory);
        try
        {
            return new DemoLock(new FileStream(paths.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new DemoFailedException(
                $"Another demo runs: it holds {paths.Lock}. Stop it by Ctrl-C in its terminal, then start again.");
        }
    }

    public void Dispose() => _file.Dispose();
}
