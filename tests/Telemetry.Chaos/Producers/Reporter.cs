using System.Text;

namespace Telemetry.Chaos.Producers;

/// <summary>The producer's standard output. Each line is one write; it is with the parent, or nowhere, when the process dies.</summary>
internal sealed class Reporter(Stream output)
{
    private readonly Lock _gate = new();

    public void Say(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (_gate)
            output.Write(bytes);
    }
}
