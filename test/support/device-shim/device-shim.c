// Fakes /dev/i2c-1, /dev/spidev0.0 and /dev/gpiochip0 for one process: loaded by LD_PRELOAD, it answers open, ioctl and
// close before the C library does. The structs and numbers are those of the kernel's own headers, so whatever our
// TypeScript lays out wrong shows here. A test steers it by device_shim_set and reads what the "kernel" saw by
// device_shim_log.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/gpio.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <linux/spi/spidev.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

enum kind { KIND_NONE, KIND_I2C, KIND_SPI, KIND_GPIO_CHIP, KIND_GPIO_LINE };

#define DESCRIPTORS_MAX 1024
#define LOG_BYTES_MAX (1 << 18)

static enum kind kinds[DESCRIPTORS_MAX];
static char log_text[LOG_BYTES_MAX];
static size_t log_length;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct {
  int open_errno;      // each open of a fake device fails with it
  int transfer_errno;  // each exchange fails with it
  int unplugged;       // devices are gone
  int unplug_after;    // so many exchanges more, then unplugged; 0: never
  int delay_ms;        // an exchange takes so long
  int bufsiz;          // of spidev; 0: the kernel does not show it
  int smbus_only;      // the I2C adapter knows no plain exchanges
  int line_taken;      // another program holds the GPIO line
  int line_low;        // what is read of a GPIO line
  int quiet;           // exchanges are not logged
} settings;

static int spi_reads;
static int serial_pending;

// What a camera on SPI sends, over and over: whole segments, one ready every 9.434 ms.
static struct {
  uint8_t *bytes;  // NULL: no camera
  size_t length;
  size_t segment_length;
  size_t at;           // next byte to send
  int64_t ready_nanos; // when the segment there is ready
  int64_t read_nanos;  // when it was read last
} camera;

#define SEGMENT_NANOS 9434000
#define SYNC_NANOS 185000000
#define PACKET_BYTES 164

static void note(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  size_t room = LOG_BYTES_MAX - log_length;
  int wanted = vsnprintf(log_text + log_length, room, format, arguments);
  va_end(arguments);
  log_length += (size_t)wanted < room ? (size_t)wanted : room - 1;
}

static int fail(int number) {
  errno = number;
  return -1;
}

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

EXPORT void device_shim_reset(void) {
  pthread_mutex_lock(&lock);
  memset(&settings, 0, sizeof settings);
  settings.bufsiz = 4096;
  log_length = 0;
  log_text[0] = 0;
  spi_reads = 0;
  serial_pending = 0;
  free(camera.bytes);
  memset(&camera, 0, sizeof camera);
  pthread_mutex_unlock(&lock);
}

// From now on SPI is a camera that sends these segments.
EXPORT void device_shim_play(const uint8_t *bytes, int length, int segment_length) {
  pthread_mutex_lock(&lock);
  camera.bytes = malloc((size_t)length);
  memcpy(camera.bytes, bytes, (size_t)length);
  camera.length = (size_t)length;
  camera.segment_length = (size_t)segment_length;
  pthread_mutex_unlock(&lock);
}

__attribute__((constructor)) static void start(void) { device_shim_reset(); }

EXPORT int device_shim_set(const char *name, int value) {
#define SETTING(field)                 \
  if (strcmp(name, #field) == 0) {     \
    pthread_mutex_lock(&lock);         \
    settings.field = value;            \
    pthread_mutex_unlock(&lock);       \
    return 0;                          \
  }
  SETTING(open_errno)
  SETTING(transfer_errno)
  SETTING(unplugged)
  SETTING(unplug_after)
  SETTING(delay_ms)
  SETTING(bufsiz)
  SETTING(smbus_only)
  SETTING(line_taken)
  SETTING(line_low)
  SETTING(quiet)
  return -1;
}

EXPORT const char *device_shim_log(void) { return log_text; }

// How many fake descriptors are open.
EXPORT int device_shim_open_count(void) {
  int count = 0;
  for (int i = 0; i < DESCRIPTORS_MAX; i++) count += kinds[i] != KIND_NONE;
  return count;
}

// What the kernel's headers say, to compare with ours.
EXPORT uint32_t device_shim_constant(const char *name) {
#define CONSTANT(text, value) \
  if (strcmp(name, text) == 0) return (uint32_t)(value);
  CONSTANT("I2C_FUNCS", I2C_FUNCS)
  CONSTANT("I2C_RDWR", I2C_RDWR)
  CONSTANT("SPI_IOC_MESSAGE(1)", SPI_IOC_MESSAGE(1))
  CONSTANT("SPI_IOC_WR_MODE", SPI_IOC_WR_MODE)
  CONSTANT("SPI_IOC_WR_BITS_PER_WORD", SPI_IOC_WR_BITS_PER_WORD)
  CONSTANT("SPI_IOC_WR_MAX_SPEED_HZ", SPI_IOC_WR_MAX_SPEED_HZ)
  CONSTANT("GPIO_V2_GET_LINE_IOCTL", GPIO_V2_GET_LINE_IOCTL)
  CONSTANT("GPIO_V2_LINE_SET_VALUES_IOCTL", GPIO_V2_LINE_SET_VALUES_IOCTL)
  CONSTANT("GPIO_V2_LINE_GET_VALUES_IOCTL", GPIO_V2_LINE_GET_VALUES_IOCTL)
  CONSTANT("O_RDWR|O_CLOEXEC", O_RDWR | O_CLOEXEC)
  CONSTANT("EREMOTEIO", EREMOTEIO)
  CONSTANT("ESHUTDOWN", ESHUTDOWN)
  CONSTANT("EMSGSIZE", EMSGSIZE)
  CONSTANT("ETIMEDOUT", ETIMEDOUT)
  return 0;
}

static enum kind kind_of_path(const char *path) {
  if (strcmp(path, "/dev/i2c-1") == 0) return KIND_I2C;
  if (strcmp(path, "/dev/spidev0.0") == 0) return KIND_SPI;
  if (strcmp(path, "/dev/gpiochip0") == 0) return KIND_GPIO_CHIP;
  return KIND_NONE;
}

static const char *kind_name(enum kind kind) {
  switch (kind) {
    case KIND_I2C: return "i2c";
    case KIND_SPI: return "spi";
    case KIND_GPIO_CHIP: return "gpiochip";
    case KIND_GPIO_LINE: return "gpioline";
    default: return "?";
  }
}

static int new_descriptor(enum kind kind) {
  int descriptor = memfd_create("device-shim", MFD_CLOEXEC);
  if (descriptor >= DESCRIPTORS_MAX) {
    close(descriptor);
    return fail(EMFILE);
  }
  if (descriptor >= 0) kinds[descriptor] = kind;
  return descriptor;
}

static int open_device(enum kind kind, int flags) {
  pthread_mutex_lock(&lock);
  note("open %s 0x%x\n", kind_name(kind), flags);
  int number = settings.open_errno != 0 ? settings.open_errno : settings.unplugged ? ENOENT : 0;
  int result = number != 0 ? fail(number) : new_descriptor(kind);
  pthread_mutex_unlock(&lock);
  return result;
}

static int open_kernel_buffer_size(void) {
  if (settings.bufsiz == 0) return fail(ENOENT);
  char text[16];
  int length = snprintf(text, sizeof text, "%d\n", settings.bufsiz);
  int descriptor = memfd_create("bufsiz", MFD_CLOEXEC);
  if (write(descriptor, text, (size_t)length) != length) return fail(EIO);
  lseek(descriptor, 0, SEEK_SET);
  return descriptor;
}

static int open_path(const char *path, int flags, int mode, const char *real) {
  enum kind kind = kind_of_path(path);
  if (kind != KIND_NONE) return open_device(kind, flags);
  if (strcmp(path, "/sys/module/spidev/parameters/bufsiz") == 0) return open_kernel_buffer_size();
  int (*real_open)(const char *, int, ...) = (int (*)(const char *, int, ...))next(real);
  return real_open(path, flags, mode);
}

static int mode_argument(int flags, va_list arguments) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, int) : 0;
}

EXPORT int open(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  int mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_path(path, flags, mode, "open");
}

EXPORT int open64(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  int mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_path(path, flags, mode, "open64");
}

EXPORT int close(int descriptor) {
  if (descriptor >= 0 && descriptor < DESCRIPTORS_MAX && kinds[descriptor] != KIND_NONE) {
    pthread_mutex_lock(&lock);
    note("close %s\n", kind_name(kinds[descriptor]));
    kinds[descriptor] = KIND_NONE;
    pthread_mutex_unlock(&lock);
  }
  int (*real_close)(int) = (int (*)(int))next("close");
  return real_close(descriptor);
}

// Sensirion's checksum of a word: polynomial 0x31, initial value 0xff.
static uint8_t checksum(const uint8_t *word) {
  uint8_t crc = 0xff;
  for (int i = 0; i < 2; i++) {
    crc ^= word[i];
    for (int bit = 0; bit < 8; bit++) crc = (uint8_t)((crc & 0x80) != 0 ? (crc << 1) ^ 0x31 : crc << 1);
  }
  return crc;
}

// An SCD41 that knows get_serial_number (0x3682) alone, with the answer of its data sheet.
static int serve_scd41(const struct i2c_msg *message) {
  static const uint8_t serial[6] = {0xf8, 0x96, 0x9f, 0x07, 0x3b, 0xbe};
  if ((message->flags & I2C_M_RD) == 0) {
    serial_pending = message->len == 2 && message->buf[0] == 0x36 && message->buf[1] == 0x82;
    return 0;
  }
  if (!serial_pending) return EREMOTEIO;
  for (int i = 0; i < message->len; i++) {
    int word = i / 3;
    const uint8_t *bytes = serial + 2 * (word % 3);
    message->buf[i] = i % 3 == 2 ? checksum(bytes) : bytes[i % 3];
  }
  serial_pending = 0;
  return 0;
}

static void note_i2c(const struct i2c_rdwr_ioctl_data *data) {
  note("i2c");
  for (uint32_t i = 0; i < data->nmsgs; i++) {
    const struct i2c_msg *message = &data->msgs[i];
    note("%s %02x flags %x len %u", i == 0 ? "" : ",", message->addr, message->flags, message->len);
    if ((message->flags & I2C_M_RD) != 0) continue;
    for (int n = 0; n < message->len; n++) note(" %02x", message->buf[n]);
  }
  note("\n");
}

// 0, or what to fail with: the fault that a test asked for.
static int fault(int gone) {
  if (settings.unplug_after > 0 && --settings.unplug_after == 0) settings.unplugged = 1;
  if (settings.unplugged) return gone;
  return settings.transfer_errno;
}

static int ioctl_i2c(unsigned long request, void *argument) {
  if (request == I2C_FUNCS) {
    *(unsigned long *)argument = settings.smbus_only ? I2C_FUNC_SMBUS_BYTE : I2C_FUNC_I2C | I2C_FUNC_SMBUS_BYTE;
    return 0;
  }
  if (request != I2C_RDWR) return fail(ENOTTY);
  const struct i2c_rdwr_ioctl_data *data = argument;
  if (data->nmsgs == 0 || data->nmsgs > I2C_RDWR_IOCTL_MAX_MSGS) return fail(EINVAL);
  if (!settings.quiet) note_i2c(data);
  int number = fault(ENODEV);
  for (uint32_t i = 0; number == 0 && i < data->nmsgs; i++) {
    number = data->msgs[i].addr == 0x62 ? serve_scd41(&data->msgs[i]) : EREMOTEIO;
  }
  return number != 0 ? fail(number) : (int)data->nmsgs;
}

static int64_t now_nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

// The next bytes of the segment that is ready, then discard packets. A host that is late finds all segments, so that a
// busy machine cannot fail a test; one that lets the line idle begins with the next whole segment.
static void camera_sends(uint8_t *into, uint32_t length) {
  int64_t now = now_nanos();
  if (now - camera.read_nanos > SYNC_NANOS) {
    camera.at -= camera.at % camera.segment_length;
    camera.ready_nanos = now;
  }
  camera.read_nanos = now;
  for (uint32_t i = 0; i < length; i += PACKET_BYTES) {
    uint32_t count = length - i < PACKET_BYTES ? length - i : PACKET_BYTES;
    if (now < camera.ready_nanos) {
      memset(into + i, 0xff, count);
      into[i] = 0x0f;
      continue;
    }
    memcpy(into + i, camera.bytes + camera.at, count);
    camera.at += count;
    if (camera.at % camera.segment_length == 0) camera.ready_nanos += SEGMENT_NANOS;
    if (camera.at == camera.length) camera.at = 0;
  }
}

// Without a camera read n gives n in its first two bytes, big-endian, then 2, 3, 4 …
static int spi_message(const struct spi_ioc_transfer *transfer) {
  if (!settings.quiet) {
    note("spi tx %d rx %d len %u speed %u bits %u cs %u delay %u nbits %u\n", transfer->tx_buf != 0, transfer->rx_buf != 0,
         transfer->len, transfer->speed_hz, transfer->bits_per_word, transfer->cs_change, transfer->delay_usecs,
         transfer->rx_nbits);
  }
  int limit = settings.bufsiz == 0 ? 4096 : settings.bufsiz;
  if (transfer->len > (uint32_t)limit) return fail(EMSGSIZE);
  int number = fault(ESHUTDOWN);
  if (number != 0) return fail(number);
  uint8_t *into = (uint8_t *)(uintptr_t)transfer->rx_buf;
  if (camera.bytes != NULL) {
    camera_sends(into, transfer->len);
    return (int)transfer->len;
  }
  for (uint32_t i = 0; i < transfer->len; i++) into[i] = (uint8_t)i;
  into[0] = (uint8_t)(spi_reads >> 8);
  into[1] = (uint8_t)spi_reads;
  spi_reads++;
  return (int)transfer->len;
}

static int ioctl_spi(unsigned long request, void *argument) {
  switch (request) {
    case SPI_IOC_WR_MODE:
      note("spi mode %u\n", *(uint8_t *)argument);
      return 0;
    case SPI_IOC_WR_BITS_PER_WORD:
      note("spi bits %u\n", *(uint8_t *)argument);
      return 0;
    case SPI_IOC_WR_MAX_SPEED_HZ:
      note("spi speed %u\n", *(uint32_t *)argument);
      return *(uint32_t *)argument == 0 ? fail(EINVAL) : 0;
    case SPI_IOC_MESSAGE(1):
      return spi_message(argument);
    default:
      return fail(ENOTTY);
  }
}

static int ioctl_gpio_chip(unsigned long request, void *argument) {
  if (request != GPIO_V2_GET_LINE_IOCTL) return fail(ENOTTY);
  struct gpio_v2_line_request *asked = argument;
  const struct gpio_v2_line_config *config = &asked->config;
  note("gpio get lines %u offset %u consumer %s flags 0x%llx attributes %u: id %u values %llu mask %llu\n",
       asked->num_lines, asked->offsets[0], asked->consumer, (unsigned long long)config->flags, config->num_attrs,
       config->attrs[0].attr.id, (unsigned long long)config->attrs[0].attr.values,
       (unsigned long long)config->attrs[0].mask);
  // As the kernel does: what is reserved must be zero.
  for (int i = 0; i < 5; i++) {
    if (asked->padding[i] != 0 || config->padding[i] != 0) return fail(EINVAL);
  }
  if (asked->num_lines != 1 || asked->offsets[0] >= 54) return fail(EINVAL);
  if (settings.line_taken) return fail(EBUSY);
  int descriptor = new_descriptor(KIND_GPIO_LINE);
  asked->fd = descriptor;
  return descriptor < 0 ? -1 : 0;
}

static int ioctl_gpio_line(unsigned long request, void *argument) {
  if (request == GPIO_V2_LINE_GET_VALUES_IOCTL) {
    int number = fault(ENODEV);
    if (number != 0) return fail(number);
    ((struct gpio_v2_line_values *)argument)->bits = settings.line_low ? 0 : 1;
    return 0;
  }
  if (request != GPIO_V2_LINE_SET_VALUES_IOCTL) return fail(ENOTTY);
  const struct gpio_v2_line_values *values = argument;
  note("gpio set bits %llu mask %llu\n", (unsigned long long)values->bits, (unsigned long long)values->mask);
  int number = fault(ENODEV);
  return number != 0 ? fail(number) : 0;
}

EXPORT int ioctl(int descriptor, unsigned long request, ...) {
  va_list arguments;
  va_start(arguments, request);
  void *argument = va_arg(arguments, void *);
  va_end(arguments);
  enum kind kind = descriptor >= 0 && descriptor < DESCRIPTORS_MAX ? kinds[descriptor] : KIND_NONE;
  if (kind == KIND_NONE) {
    int (*real_ioctl)(int, unsigned long, ...) = (int (*)(int, unsigned long, ...))next("ioctl");
    return real_ioctl(descriptor, request, argument);
  }
  if (settings.delay_ms > 0) usleep((useconds_t)settings.delay_ms * 1000);
  pthread_mutex_lock(&lock);
  int result = -1;
  switch (kind) {
    case KIND_I2C: result = ioctl_i2c(request, argument); break;
    case KIND_SPI: result = ioctl_spi(request, argument); break;
    case KIND_GPIO_CHIP: result = ioctl_gpio_chip(request, argument); break;
    default: result = ioctl_gpio_line(request, argument); break;
  }
  pthread_mutex_unlock(&lock);
  return result;
}
