using System.Runtime.InteropServices;
using System.Text;

namespace Telemetry.ClickHouseHost.Engine;

/// <summary>One connection to the engine, with a current database and settings of its own. One query at a time; the pool sees to that.</summary>
internal sealed unsafe class ChdbConnection : IDisposable
{
    private IntPtr* _connection;

    /// <exception cref="InvalidOperationException">The engine could not open the folder.</exception>
    public ChdbConnection(IReadOnlyList<string> arguments)
    {
        var pointers = arguments.Select(argument => (IntPtr)Marshal.StringToCoTaskMemUTF8(argument)).ToArray();
        try
        {
            fixed (IntPtr* first = pointers)
                _connection = LibChdb.Connect(pointers.Length, (byte**)first);
        }
        finally
        {
            Array.ForEach(pointers, Marshal.FreeCoTaskMem);
        }

        if (_connection == null || *_connection == IntPtr.Zero)
            throw new InvalidOperationException($"The engine does not start with {string.Join(' ', arguments)}.");
    }

    /// <summary>The database that queries run in unless they name one.</summary>
    public string Database { get; set; } = "default";

    /// <summary>Runs one query and waits for its whole result. The result is to be disposed.</summary>
    public ChdbResult Query(ReadOnlySpan<byte> query, string format, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var formatName = Encoding.UTF8.GetBytes(format);
        var texts = new List<byte[]>();
        foreach (var (name, value) in parameters)
        {
            texts.Add(Encoding.UTF8.GetBytes(name));
            texts.Add(Encoding.UTF8.GetBytes(value));
        }

        var handles = texts.Select(text => GCHandle.Alloc(text, GCHandleType.Pinned)).ToArray();
        var count = parameters.Count;
        byte** names = stackalloc byte*[count + 1];
        byte** values = stackalloc byte*[count + 1];
        nuint* nameLengths = stackalloc nuint[count + 1];
        nuint* valueLengths = stackalloc nuint[count + 1];
        for (var i = 0; i < count; i++)
        {
            names[i] = (byte*)handles[2 * i].AddrOfPinnedObject();
            nameLengths[i] = (nuint)texts[2 * i].Length;
            values[i] = (byte*)handles[(2 * i) + 1].AddrOfPinnedObject();
            valueLengths[i] = (nuint)texts[(2 * i) + 1].Length;
        }

        try
        {
            fixed (byte* text = query)
            fixed (byte* formatText = formatName)
            {
                return new ChdbResult(LibChdb.Query(
                    *_connection, text, (nuint)query.Length, formatText, (nuint)formatName.Length,
                    names, nameLengths, values, valueLengths, (nuint)count));
            }
        }
        finally
        {
            Array.ForEach(handles, handle => handle.Free());
        }
    }

    public void Dispose()
    {
        if (_connection == null)
            return;
        LibChdb.Close(_connection);
        _connection = null;
    }
}
