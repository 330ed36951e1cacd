using System.Text.Json;

namespace Telemetry.Samples.Demo;

/// <summary>
/// The children that run, in a file, so that the next demo can stop what a killed one left. Only the holder of
/// <see cref="DemoLock"/> uses it, from one thread at a time.
/// </summary>
internal sealed class ChildRegistry(DemoPaths paths, TimeProvider time)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly List<ChildRecord> _children = [];

    /// <summary>Remembers a child that was just started.</summary>
    public void Add(ChildRecord child)
    {
        _children.Add(child);
        Write();
    }

    /// <summary>Forgets a child that ended.</summary>
    public void Remove(ChildRecord child)
    {
        _children.Remove(child);
        Write();
    }

    /// <summary>Stops what an earlier demo left running.</summary>
    /// <returns>The names of what was stopped.</returns>
    public async Task<IReadOnlyList<string>> StopLeftoversAsync()
    {
        var leftovers = Read().Where(child => child.IsAlive()).ToArray();
        foreach (var child in leftovers)
            PosixSignals.Terminate(child.ProcessId);

        var started = time.GetTimestamp();
        while (leftovers.Any(child => child.IsAlive()) && time.GetElapsedTime(started) < Grace)
            await Task.Delay(Interval, time);
        foreach (var child in leftovers.Where(child => child.IsAlive()))
            PosixSignals.Kill(child.ProcessId);
        File.Delete(paths.Children);
        return [.. leftovers.Select(child => child.Name)];
    }

    private ChildRecord[] Read()
    {
        try
        {
            return JsonSerializer.Deserialize<ChildRecord[]>(File.ReadAllText(paths.Children)) ?? [];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
        catch (JsonException e)
        {
            throw new DemoFailedException(
                $"{paths.Children} is damaged: {e.Message} Stop what an earlier demo left running, remove it, and start again.");
        }
    }

    // Written beside and moved over: a kill in between leaves the old list, not half of a new one.
    private void Write()
    {
        var next = paths.Children + ".next";
        File.WriteAllText(next, JsonSerializer.Serialize(_children));
        File.Move(next, paths.Children, overwrite: true);
    }
}
