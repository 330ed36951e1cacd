namespace Telemetry.Samples.Demo;

/// <summary>Finds programs that the machine brings.</summary>
internal static class Executable
{
    /// <summary>The first of the names that PATH has.</summary>
    /// <exception cref="DemoFailedException">PATH has none of them.</exception>
    public static string Find(params ReadOnlySpan<string> names)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        foreach (var name in names)
        {
            if (path.Any(directory => File.Exists(Path.Combine(directory, name))))
                return name;
        }

        throw new DemoFailedException($"{string.Join(" or ", names.ToArray())} is not installed. `bash eng/demo` installs it.");
    }
}
