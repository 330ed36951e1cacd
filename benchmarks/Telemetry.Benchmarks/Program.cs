using System.Globalization;
using BenchmarkDotNet.Running;
using Telemetry.Benchmarks;
using Telemetry.Benchmarks.Rounds;

switch (args)
{
    case ["compare"]:
        ComparisonProgram.Run();
        break;
    case ["threads"]:
        ThreadScalingProgram.Run();
        break;
    case ["profile", var seconds]:
        ProfileProgram.Run(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(PublishBenchmarks).Assembly).Run(args);
        break;
}
