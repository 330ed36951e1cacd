using System.Globalization;

namespace Telemetry.Samples.Demo;

/// <summary>What the demo tells its user: one line for each thing that changes.</summary>
internal sealed class DemoConsole(TextWriter output, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>A line with the seconds since the demo began.</summary>
    public void Step(string text) =>
        Say(string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(_started).TotalSeconds,6:0.0} s  {text}"));

    /// <summary>Text as it is.</summary>
    public void Say(string text)
    {
        try
        {
            output.WriteLine(text);
        }
        catch (IOException)
        {
            // The terminal is gone (closed window). There is nobody to tell, and what was started must still be stopped.
        }
    }
}
